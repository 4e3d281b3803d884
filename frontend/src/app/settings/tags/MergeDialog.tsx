import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Tag } from "../../../api/contract";
import { post } from "../../../api/request";
import { cache } from "../../../core/session/cache";
import { Button } from "../../../ui/button";
import { Dialog } from "../../../ui/dialog";
import { Field } from "../../../ui/field";
import { Form } from "../../../ui/form";
import { say } from "../../../ui/toast";
import { useSaving } from "../saving";
import "../words";

interface MergeDialogProps {
  tag: Tag;
  tags: Tag[];
  onClose: () => void;
}

/** Two words that mean the same become one. */
export function MergeDialog({ tag, tags, onClose }: MergeDialogProps) {
  const { t } = useTranslation("settings");
  const { t: ui } = useTranslation("ui");
  const others = tags.filter((one) => one.id !== tag.id);
  const [into, setInto] = useState(others[0]?.id ?? 0);
  const { busy, errors, run } = useSaving();
  const merge = async () => {
    const done = await run(() => post(`tags/${tag.id}/merge/`, { into }));
    await cache.invalidateQueries({ queryKey: ["tags"] });
    if (!done) return;
    say(t("tagMerged"));
    onClose();
  };
  return (
    <Dialog title={t("tagMergeInto", { title: tag.title })} width={420} onClose={onClose}>
      <Form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void merge();
        }}
      >
        <p className="t2">{t("tagMergeText", { title: tag.title })}</p>
        <Field label={t("tagTitle")} error={errors.into}>
          {(aria) => (
            <select
              {...aria}
              className="inp"
              value={into}
              onChange={(event) => setInto(Number(event.target.value))}
              data-autofocus
            >
              {others.map((one) => (
                <option key={one.id} value={one.id}>
                  {one.title}
                </option>
              ))}
            </select>
          )}
        </Field>
        <div className="row">
          <Button look="primary" type="submit" busy={busy} data-testid="tag-merge">
            {t("tagMergeDo")}
          </Button>
          <Button look="quiet" onClick={onClose}>
            {ui("cancel")}
          </Button>
        </div>
      </Form>
    </Dialog>
  );
}
