declare module "*.module.css" {
  const classes: Readonly<Record<string, string>>;
  // biome-ignore lint/style/noDefaultExport: CSS modules export their class names this way
  export default classes;
}
declare module "*.css";
declare module "@fontsource-variable/inter/wght.css";
declare module "*?worker&url" {
  const address: string;
  // biome-ignore lint/style/noDefaultExport: Vite exports the address of a worker this way
  export default address;
}
