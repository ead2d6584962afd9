// An .svg import is the file's text (esbuild's text loader).
declare module "*.svg" {
  const text: string;
  export default text;
}
