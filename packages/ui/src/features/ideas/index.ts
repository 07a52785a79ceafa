export const IdeasPage = () => null;
export const IdeaPage = () => null;
