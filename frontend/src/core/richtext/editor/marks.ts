import { mergeAttributes } from "@tiptap/core";
import { Image } from "@tiptap/extension-image";
import { Mention } from "@tiptap/extension-mention";
import { Placeholder } from "@tiptap/extensions";
import { StarterKit } from "@tiptap/starter-kit";
import type { SuggestionOptions } from "@tiptap/suggestion";

/** What the text may hold; the same list as the server keeps. */

const OurMention = Mention.extend({
  addAttributes() {
    return {
      id: { default: null, parseHTML: (element) => element.getAttribute("data-mention") },
      label: {
        default: null,
        parseHTML: (element) => element.textContent?.replace(/^@/, "") ?? "",
      },
    };
  },
  parseHTML: () => [{ tag: "span[data-mention]" }],
  renderHTML: ({ node }) => [
    "span",
    { "data-mention": node.attrs.id, class: "mention" },
    `@${node.attrs.label}`,
  ],
  renderText: ({ node }) => `@${node.attrs.label}`,
});

const OurImage = Image.extend({
  // Pictures of other places are not taken: whoever reads would be seen there.
  parseHTML: () => [{ tag: 'img[src^="/api/v1/attachments/"]' }],
  renderHTML: ({ HTMLAttributes }) => ["img", mergeAttributes(HTMLAttributes)],
});

export function marks(placeholder: string, suggestion: Partial<SuggestionOptions>) {
  return [
    StarterKit.configure({
      heading: { levels: [2, 3] },
      link: { openOnClick: false, defaultProtocol: "https", HTMLAttributes: { target: null } },
      trailingNode: false,
    }),
    Placeholder.configure({ placeholder }),
    OurImage.configure({ inline: true, allowBase64: false }),
    OurMention.configure({ suggestion }),
  ];
}
