/** What main itself has to say: the native menu and its dialog; everything else is said by the page. */
export interface Texts {
  readonly file: string;
  readonly openWorkspace: string;
  readonly quit: string;
  readonly edit: string;
  readonly view: string;
  readonly window: string;
  readonly chooseWorkspace: string;
  readonly reload: string;
  readonly devTools: string;
  readonly resetZoom: string;
  readonly zoomIn: string;
  readonly zoomOut: string;
  readonly fullScreen: string;
  readonly undo: string;
  readonly redo: string;
  readonly cut: string;
  readonly copy: string;
  readonly paste: string;
  readonly selectAll: string;
  readonly minimize: string;
  readonly closeWindow: string;
}

const ENGLISH: Texts = {
  file: "File",
  openWorkspace: "Open a workspace…",
  quit: "Quit EcoLocal",
  edit: "Edit",
  view: "View",
  window: "Window",
  chooseWorkspace: "Choose the folder of a workspace",
  reload: "Reload",
  devTools: "Developer tools",
  resetZoom: "Actual size",
  zoomIn: "Zoom in",
  zoomOut: "Zoom out",
  fullScreen: "Full screen",
  undo: "Undo",
  redo: "Redo",
  cut: "Cut",
  copy: "Copy",
  paste: "Paste",
  selectAll: "Select all",
  minimize: "Minimize",
  closeWindow: "Close",
};

const BY_LANGUAGE: Readonly<Record<string, Texts>> = {
  en: ENGLISH,
  de: {
    file: "Datei",
    openWorkspace: "Arbeitsbereich öffnen …",
    quit: "EcoLocal beenden",
    edit: "Bearbeiten",
    view: "Ansicht",
    window: "Fenster",
    chooseWorkspace: "Ordner eines Arbeitsbereichs wählen",
    reload: "Neu laden",
    devTools: "Entwicklerwerkzeuge",
    resetZoom: "Originalgröße",
    zoomIn: "Vergrößern",
    zoomOut: "Verkleinern",
    fullScreen: "Vollbild",
    undo: "Rückgängig",
    redo: "Wiederholen",
    cut: "Ausschneiden",
    copy: "Kopieren",
    paste: "Einfügen",
    selectAll: "Alles auswählen",
    minimize: "Minimieren",
    closeWindow: "Schließen",
  },
  fr: {
    file: "Fichier",
    openWorkspace: "Ouvrir un espace de travail…",
    quit: "Quitter EcoLocal",
    edit: "Édition",
    view: "Affichage",
    window: "Fenêtre",
    chooseWorkspace: "Choisir le dossier d’un espace de travail",
    reload: "Recharger",
    devTools: "Outils de développement",
    resetZoom: "Taille réelle",
    zoomIn: "Agrandir",
    zoomOut: "Réduire",
    fullScreen: "Plein écran",
    undo: "Annuler",
    redo: "Rétablir",
    cut: "Couper",
    copy: "Copier",
    paste: "Coller",
    selectAll: "Tout sélectionner",
    minimize: "Réduire la fenêtre",
    closeWindow: "Fermer",
  },
  es: {
    file: "Archivo",
    openWorkspace: "Abrir un espacio de trabajo…",
    quit: "Salir de EcoLocal",
    edit: "Editar",
    view: "Ver",
    window: "Ventana",
    chooseWorkspace: "Elegir la carpeta de un espacio de trabajo",
    reload: "Recargar",
    devTools: "Herramientas de desarrollo",
    resetZoom: "Tamaño real",
    zoomIn: "Ampliar",
    zoomOut: "Reducir",
    fullScreen: "Pantalla completa",
    undo: "Deshacer",
    redo: "Rehacer",
    cut: "Cortar",
    copy: "Copiar",
    paste: "Pegar",
    selectAll: "Seleccionar todo",
    minimize: "Minimizar",
    closeWindow: "Cerrar",
  },
};

/** The texts in the language the page speaks, so that window and menu never differ. Electron names its roles in English. */
export function textsIn(locale: string): Texts {
  return BY_LANGUAGE[locale] ?? ENGLISH;
}
