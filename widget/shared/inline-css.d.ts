/**
 * A style sheet imported as text (`?inline`), as the bundler gives it.
 */
declare module '*.css?inline' {
  const css: string
  export default css
}
