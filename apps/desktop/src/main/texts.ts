/** What main itself has to say: the native menu and its dialog; everything else is said by the page. */
export interface Texts {
  readonly file: string;
  readonly openWorkspace: string;
  readonly quit: string;
  readonly edit: string;
  readonly view: string;
  readonly window: string;
  readonly chooseWorkspace: string;
}

const ENGLISH: Texts = {
  file: "File",
  openWorkspace: "Open a workspace…",
  quit: "Quit EcoLocal",
  edit: "Edit",
  view: "View",
  window: "Window",
  chooseWorkspace: "Choose the folder of a workspace",
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
  },
  fr: {
    file: "Fichier",
    openWorkspace: "Ouvrir un espace de travail…",
    quit: "Quitter EcoLocal",
    edit: "Édition",
    view: "Affichage",
    window: "Fenêtre",
    chooseWorkspace: "Choisir le dossier d’un espace de travail",
  },
  es: {
    file: "Archivo",
    openWorkspace: "Abrir un espacio de trabajo…",
    quit: "Salir de EcoLocal",
    edit: "Editar",
    view: "Ver",
    window: "Ventana",
    chooseWorkspace: "Elegir la carpeta de un espacio de trabajo",
  },
};

/** The texts in the language the page speaks, so that window and menu never differ. */
export function textsIn(locale: string): Texts {
  return BY_LANGUAGE[locale] ?? ENGLISH;
}
