import {
  Activity,
  AlertTriangle,
  ArrowDown,
  ArrowLeft,
  ArrowRight,
  ArrowUp,
  Ban,
  Bell,
  Cable,
  Check,
  ChevronDown,
  ChevronRight,
  Circle,
  CircleCheck,
  CircleHelp,
  CircleX,
  Clock,
  Cloud,
  CloudOff,
  Copy,
  Download,
  Ellipsis,
  FolderKanban,
  Gauge,
  GripVertical,
  Hourglass,
  House,
  Info,
  Laptop,
  Leaf,
  Lightbulb,
  LineChart,
  Link2Off,
  Loader,
  Lock,
  type LucideIcon,
  Map as MapIcon,
  MapPin,
  Minus,
  Pencil,
  Plug,
  Plus,
  Radio,
  Redo2,
  RefreshCw,
  RotateCcw,
  Search,
  Settings,
  ShieldAlert,
  Skull,
  Smile,
  Table2,
  Trash2,
  Undo2,
  Unplug,
  Usb,
  X,
} from "lucide-react";
import { classNames } from "./class-names.ts";
import css from "./icon.module.css";

const ICONS = {
  activity: Activity,
  alert: AlertTriangle,
  add: Plus,
  back: ArrowLeft,
  ban: Ban,
  bell: Bell,
  blocked: Lock,
  busy: Loader,
  cable: Cable,
  check: Check,
  circle: Circle,
  clock: Clock,
  computer: Laptop,
  cloud: Cloud,
  copy: Copy,
  data: LineChart,
  done: CircleCheck,
  down: ArrowDown,
  download: Download,
  edit: Pencil,
  error: CircleX,
  expand: ChevronDown,
  gauge: Gauge,
  help: CircleHelp,
  home: House,
  idea: Lightbulb,
  info: Info,
  leaf: Leaf,
  lost: Link2Off,
  more: Ellipsis,
  next: ChevronRight,
  forward: ArrowRight,
  offline: CloudOff,
  place: MapPin,
  map: MapIcon,
  drag: GripVertical,
  plug: Plug,
  project: FolderKanban,
  refresh: RefreshCw,
  remove: Trash2,
  reset: RotateCcw,
  search: Search,
  sensor: Radio,
  settings: Settings,
  severe: Skull,
  shield: ShieldAlert,
  smile: Smile,
  steady: Minus,
  table: Table2,
  undo: Undo2,
  redo: Redo2,
  unplugged: Unplug,
  up: ArrowUp,
  usb: Usb,
  waiting: Hourglass,
  close: X,
} as const satisfies Record<string, LucideIcon>;

export type IconName = keyof typeof ICONS;

interface IconProps {
  readonly name: IconName;
  /** Edge length in CSS pixels at font scale 1. */
  readonly size?: number;
  /** Said by screen readers; without it the icon is decoration. */
  readonly label?: string;
  readonly className?: string | undefined;
}

/** The one way icons get on the screen: silent decoration unless it has a label. */
export function Icon({ name, size = 18, label, className }: IconProps) {
  const Shape = ICONS[name];
  const rem = `${size / 16}rem`;
  return (
    <Shape
      className={classNames(css["icon"], className)}
      width={rem}
      height={rem}
      strokeWidth={1.85}
      {...(label === undefined ? { "aria-hidden": true } : { role: "img", "aria-label": label })}
    />
  );
}
