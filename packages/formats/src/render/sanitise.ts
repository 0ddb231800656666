import sanitize from 'sanitize-html'

const imagePattern = /^(?:\/api\/images\/|image:)([0-9a-f]{64})$/

const options: sanitize.IOptions = {
  allowedTags: (
    'p div span br hr h1 h2 h3 h4 h5 h6 blockquote pre code kbd samp var b strong i em u s del ins mark small sub sup ' +
    'abbr cite q dfn ul ol li dl dt dd table caption colgroup col thead tbody tfoot tr th td figure figcaption a img bdi bdo'
  ).split(' '),
  allowedAttributes: {
    '*': ['dir', 'lang', 'title'],
    a: ['href', 'rel'],
    img: ['src', 'alt', 'width', 'height'],
    ol: ['start', 'type', 'reversed'],
    th: ['colspan', 'rowspan', 'scope'],
    td: ['colspan', 'rowspan'],
    col: ['span'],
    code: ['class'],
    span: ['class'],
    abbr: ['title'],
  },
  allowedClasses: { code: ['hljs', 'language-*'], span: ['hljs-*', 'function_', 'class_'] },
  allowedSchemes: ['http', 'https', 'mailto'],
  allowedSchemesByTag: { img: ['image'] },
  allowProtocolRelative: false,
  disallowedTagsMode: 'discard',
  nestingLimit: 60,
}

/** HTML by allow-list. Pictures come from our own store alone; what else there was is pushed to `refused`, in words. */
export function sanitiseHtml(html: string, refused: string[]): string {
  return sanitize(html, {
    ...options,
    transformTags: {
      a: (tagName, attribs) => ({ tagName, attribs: { ...attribs, rel: 'noopener noreferrer' } }),
      img: (tagName, attribs) => {
        const digest = imagePattern.exec(attribs.src ?? '')?.[1]
        if (!digest)
          refused.push(`A picture from elsewhere is not shown: ${(attribs.src ?? '').slice(0, 120) || 'no address'}`)
        return { tagName, attribs: digest ? { ...attribs, src: `/api/images/${digest}`, alt: attribs.alt ?? '' } : {} }
      },
    },
    exclusiveFilter: ({ tag, attribs }) => tag === 'img' && !attribs.src,
  })
}

export const escapeHtml = (text: string): string =>
  text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;')
