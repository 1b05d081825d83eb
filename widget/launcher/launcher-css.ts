/**
 * The launcher's looks. Every `:host` declaration is `!important`: an important rule inside a shadow
 * tree beats an important rule of the page, which is what keeps hostile styles out.
 */
export const launcherCss = `
:host{all:initial!important;display:block!important;position:fixed!important;inset-block-end:16px!important;inset-inline-end:16px!important;z-index:2147483647!important;font:600 16px/1.5 system-ui,sans-serif!important;color-scheme:light dark!important}
:host([position=start]){inset-inline:16px auto!important}
button{display:flex;align-items:center;gap:8px;min-height:52px;padding:0 20px;border:1px solid transparent;border-radius:26px;background:var(--porch-brand,#27406b);color:#fff;font:inherit;cursor:pointer;box-shadow:0 4px 16px #0004}
button:first-child:before{content:"";width:24px;height:24px;background:#f2b84b;clip-path:path("M11 1h2v2l7 5v1H4V8l7-5zM6 10h12l-2 10H8zm6 2c-4 5-2 7 0 7s4-2 0-7zM8 21h8v2H8z");forced-color-adjust:none}
:host([discreet]) button:before,:host([launcher=none]) button:first-child,div:has(.ready)>:not(.ready),[hidden]{display:none}
:focus-visible{outline:3px solid #9dbbf2;outline-offset:2px}
div{position:fixed;inset-block-end:80px;inset-inline:auto 16px;width:400px;height:min(640px,100dvh - 96px);border:1px solid #8a85774d;border-radius:16px;overflow:hidden;box-shadow:0 4px 16px #0004;background:light-dark(#fffcf7,#141a26)}
:host([position=start]) div{inset-inline:16px auto}
iframe{position:absolute;inset:0;width:100%;height:100%;border:0;visibility:hidden;color-scheme:inherit}
.ready{visibility:visible}
div button{position:absolute;inset-block-start:8px;inset-inline-end:8px}
slot{display:block;padding:80px 24px}
@media(max-width:480px),(max-height:420px){div{inset:0!important;width:100%;height:100%;border:0;border-radius:0}}
`
