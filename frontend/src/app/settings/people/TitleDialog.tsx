import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../../../ui/button";
import { Dialog } from "../../../ui/dialog";
import { TextField } from "../../../ui/field";
import { Form } from "../../../ui/form";
import { useSaving } from "../saving";

interface TitleDialogProps {
  title: string;
  label: string;
  hint?: string;
  value?: string;
  maxLength?: number;
  /** Nothing may stand there, too. */
  optional?: boolean;
  onSave: (title: string) => Promise<unknown>;
  onClose: () => void;
}

/** One line to name or rename something. */
export function TitleDialog(props: TitleDialogProps) {
  const { title, label, hint, value = "", maxLength, optional = false, onSave, onClose } = props;
  const { t } = useTranslation("ui");
  const [text, setText] = useState(value);
  const { busy, errors, run } = useSaving();
  const submit = async () => {
    if (await run(() => onSave(text.trim()))) onClose();
  };
  return (
    <Dialog title={title} width={420} onClose={onClose}>
      <Form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <TextField
          label={label}
          hint={hint}
          maxLength={maxLength}
          required={!optional}
          value={text}
          onChange={(event) => setText(event.target.value)}
          error={errors.title ?? errors.code ?? errors[""]}
          data-autofocus
          data-testid="title-input"
        />
        <div className="row">
          <Button
            look="primary"
            type="submit"
            busy={busy}
            disabled={!optional && !text.trim()}
            data-testid="title-save"
          >
            {t("save")}
          </Button>
          <Button look="quiet" onClick={onClose}>
            {t("cancel")}
          </Button>
        </div>
      </Form>
    </Dialog>
  );
}
