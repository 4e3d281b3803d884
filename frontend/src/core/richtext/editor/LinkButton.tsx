import { type Editor, useEditorState } from "@tiptap/react";
import type { FormEvent } from "react";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button, IconButton } from "../../../ui/button";
import { TextField } from "../../../ui/field";
import { Form } from "../../../ui/form";
import { Popover } from "../../../ui/popover";

const whole = (address: string): string => {
  const text = address.trim();
  if (/^(https?:|mailto:|tel:|\/)/i.test(text)) return text;
  return text.includes("@") && !text.includes("/") ? `mailto:${text}` : `https://${text}`;
};

/** A link for the chosen words, or the address itself when none are chosen. */
export function LinkButton({ editor }: { editor: Editor }) {
  const { t } = useTranslation("richtext");
  const anchor = useRef<HTMLButtonElement>(null);
  const [address, setAddress] = useState<string | null>(null);
  const on = useEditorState({ editor, selector: ({ editor: now }) => now.isActive("link") });

  const put = (event: FormEvent) => {
    event.preventDefault();
    // The form is drawn through a portal: the card around must not take it for its own.
    event.stopPropagation();
    if (!address?.trim()) return;
    const href = whole(address);
    const chain = editor.chain().focus().extendMarkRange("link");
    if (editor.state.selection.empty && !on) {
      const text = {
        type: "text",
        text: address.trim(),
        marks: [{ type: "link", attrs: { href } }],
      };
      chain.insertContent(text).run();
    } else {
      chain.setLink({ href }).run();
    }
    setAddress(null);
  };
  const remove = () => {
    editor.chain().focus().extendMarkRange("link").unsetLink().run();
    setAddress(null);
  };

  return (
    <>
      <IconButton
        ref={anchor}
        icon="link"
        label={t("link")}
        small
        on={on}
        aria-expanded={address !== null}
        onClick={() => setAddress((editor.getAttributes("link").href as string) ?? "")}
        data-testid="rich-link"
      />
      {address !== null && (
        <Popover
          anchor={anchor.current}
          onClose={() => setAddress(null)}
          label={t("link")}
          width={320}
        >
          <Form className="rt-link" onSubmit={put}>
            <TextField
              label={t("linkAddress")}
              value={address}
              inputMode="url"
              autoComplete="off"
              onChange={(event) => setAddress(event.target.value)}
              data-autofocus
              data-testid="rich-link-address"
            />
            <div className="row">
              <Button look="primary" size="sm" type="submit" disabled={!address.trim()}>
                {t("linkPut")}
              </Button>
              {on && (
                <Button look="quiet" size="sm" onClick={remove}>
                  {t("linkRemove")}
                </Button>
              )}
            </div>
          </Form>
        </Popover>
      )}
    </>
  );
}
