/** A page of the manual as HTML: the part of Markdown that the manual is written in. Everything is escaped first, so that a page can hold no markup of its own. */
export function manualHtml(text: string): string {
  const blocks: string[] = []
  const lines = text.split('\n')
  for (let at = 0; at < lines.length; ) {
    const line = lines[at]!
    const reader = READERS.find(({ starts }) => starts.test(line)) ?? PARAGRAPH
    const own: string[] = [line]
    at += 1
    while (at < lines.length && reader.goesOn(lines[at]!, own)) own.push(lines[at++]!)
    const html = reader.html(own)
    if (html !== '') blocks.push(html)
  }
  return blocks.join('\n')
}

type BlockReader = {
  readonly starts: RegExp
  readonly goesOn: (line: string, before: readonly string[]) => boolean
  readonly html: (lines: readonly string[]) => string
}

const stripped = (lines: readonly string[], mark: RegExp): string[] => lines.map((line) => line.replace(mark, ''))
const items = (lines: readonly string[], mark: RegExp): string => stripped(lines, mark).map((line) => `<li>${inline(line)}</li>`).join('') // biome-ignore format: one line

const READERS: readonly BlockReader[] = [
  {
    starts: /^```/,
    goesOn: (_, before) => before.length < 2 || before.at(-1) !== '```',
    html: (lines) =>
      `<pre><code>${escaped(
        lines
          .slice(1)
          .filter((line) => line !== '```')
          .join('\n'),
      )}</code></pre>`,
  },
  { starts: /^#{1,3} /, goesOn: () => false, html: ([line = '']) => heading(line) },
  { starts: /^- /, goesOn: (line) => line.startsWith('- '), html: (lines) => `<ul>${items(lines, /^- /)}</ul>` },
  { starts: /^\d+\. /, goesOn: (line) => /^\d+\. /.test(line), html: (lines) => `<ol>${items(lines, /^\d+\. /)}</ol>` },
  {
    starts: /^> /,
    goesOn: (line) => line.startsWith('> '),
    html: (lines) => `<blockquote>${inline(stripped(lines, /^> /).join(' '))}</blockquote>`,
  },
  { starts: /^\|/, goesOn: (line) => line.startsWith('|'), html: table },
  { starts: /^\s*$/, goesOn: () => false, html: () => '' },
]
const PARAGRAPH: BlockReader = {
  starts: /./,
  goesOn: (line) => !READERS.some(({ starts }) => starts.test(line)),
  html: (lines) => `<p>${inline(lines.join(' '))}</p>`,
}

function heading(line: string): string {
  const level = /^#+/.exec(line)![0].length
  return `<h${level}>${inline(line.slice(level + 1))}</h${level}>`
}

function table([head = '', , ...rows]: readonly string[]): string {
  const cells = (line: string, tag: string): string =>
    line.replace(/^\||\|$/g, '').split('|').map((cell) => `<${tag}>${inline(cell.trim())}</${tag}>`).join('') // biome-ignore format: reads as one step
  return `<table><thead><tr>${cells(head, 'th')}</tr></thead><tbody>${rows.map((row) => `<tr>${cells(row, 'td')}</tr>`).join('')}</tbody></table>`
}

/** Code, pictures, links and strong words of one line. Links lead to pages of the manual or to an address of this server, pictures to the manual's own. */
function inline(text: string): string {
  return text
    .split(/(`[^`]*`)/)
    .map((part) => (part.startsWith('`') && part.length > 1 ? `<code>${escaped(part.slice(1, -1))}</code>` : marked(escaped(part))))
    .join('')
}

function marked(text: string): string {
  return text
    .replace(/!\[([^\]]*)\]\(\.\.\/images\/([\w-]+\.(?:png|webp))\)/g, '<img src="../images/$2" alt="$1" loading="lazy">')
    .replace(/\[([^\]]*)\]\(([\w-]+)\.md\)/g, '<a href="$2">$1</a>')
    .replace(/\*\*([^*]+)\*\*/g, '<strong>$1</strong>')
}

function escaped(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;')
}
