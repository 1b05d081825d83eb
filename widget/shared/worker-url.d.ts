/**
 * The address of a worker's script, built beside the page (`?worker&url`), as the bundler gives it.
 */
declare module '*?worker&url' {
  const url: string
  export default url
}
