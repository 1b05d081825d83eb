/**
 * The pages of the measuring site: the same provider's page with our tag, with a peer, and with nothing.
 */
import { readFileSync } from 'node:fs'

const host = `<main data-host><h1>A provider</h1><p>Words of a page that a chat stands on.</p><button>A button of the page</button><input aria-label="A field of the page"></main>`

function page(head: string, body: string, probe: object | null): string {
  const marked = probe === null ? '' : `<script type="application/json" id="probe">${JSON.stringify(probe)}</script>`
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Bench</title><meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="data:,">${head}</head><body>${host}${body}${marked}</body></html>`
}

/** What docs/embedding.md gives to hosts of Web Chat, at this site's own address. */
const webChatSnippet = (
  /^## Microsoft's Web Chat[^`]*```js\n([\s\S]*?)^```/m.exec(readFileSync('docs/embedding.md', 'utf8'))?.[1] ?? ''
)
  .replace("'https://chat.example.org'", 'location.origin')
  .replace('WebChat.renderWebChat({', "WebChat.renderWebChat({ nonce: '__NONCE__',")

export const pages: Readonly<Record<string, string>> = {
  base: page('', '', null),
  ours: page(
    '<script type="module" src="/widget/porchlight-chat.js"></script>',
    '<porchlight-chat program="inspira"><a href="tel:988">In danger? Call 988</a></porchlight-chat>',
    { launcher: 'porchlight-chat >>> button', input: 'porchlight-chat >>> iframe >>> textarea' },
  ),
  'deep-chat': page(
    '<script type="module" src="/peers/deep-chat/deepChat.bundle.js"></script>',
    `<deep-chat id="peer"></deep-chat><script nonce="__NONCE__">document.getElementById('peer').connect = { url: '/mock/chat' }</script>`,
    { launcher: null, input: 'deep-chat >>> #text-input' },
  ),
  'web-chat': page(
    '<script src="/peers/webchat/webchat.js"></script>',
    `<div id="chat" style="height:600px"></div><script type="module" nonce="__NONCE__">${webChatSnippet}</script>`,
    {
      launcher: null,
      input:
        '[data-id="webchat-sendbox-input"], [data-testid="send box text area"], .webchat__send-box-text-box__input, textarea',
    },
  ),
}

export const hostileCss = `*{font-family:"Comic Sans MS",cursive!important;color:#f0f!important;letter-spacing:3px!important;text-transform:uppercase!important;line-height:3!important}
button,input,textarea,a{all:unset!important;background:#0f0!important;border:9px dotted red!important;padding:20px!important}
div,section,iframe{position:static!important;display:inline!important;opacity:.5!important;margin:13px!important;background:#ff0!important}`
