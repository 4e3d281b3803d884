import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { RoutedKind } from "../../../api/routes";
import { Button } from "../../../ui/button";
import { Dialog } from "../../../ui/dialog";
import { TextField } from "../../../ui/field";
import { Form } from "../../../ui/form";
import { useSaving } from "../saving";
import { makeRoute } from "./settings";
import { TypeField } from "./TypeField";
import "./words";

/** A name and for which cards; the rest is drawn. */
export function NewRoute({ kind, onClose }: { kind: RoutedKind; onClose: () => void }) {
  const { t } = useTranslation("routeset");
  const { t: ui } = useTranslation("ui");
  const navigate = useNavigate();
  const [title, setTitle] = useState("");
  const [type, setType] = useState("");
  const { busy, errors, run } = useSaving();
  const make = () =>
    run(async () => {
      const made = await makeRoute(kind.kind, { title: title.trim(), card_type: type });
      await navigate({ to: `/settings/routes/${made.id}` } as never);
    });
  return (
    <Dialog title={t("add")} width={440} onClose={onClose}>
      <Form className="stack" onSubmit={() => void make()}>
        <TextField
          label={t("name")}
          placeholder={t("nameExample")}
          required
          maxLength={100}
          value={title}
          error={errors.title}
          onChange={(event) => setTitle(event.target.value)}
          data-autofocus
          data-testid="route-title"
        />
        <TypeField kind={kind.kind} value={type} onChange={setType} />
        <div className="row">
          <Button
            look="primary"
            type="submit"
            busy={busy}
            disabled={!title.trim()}
            data-testid="route-make"
          >
            {t("makeNow")}
          </Button>
          <Button look="quiet" onClick={onClose}>
            {ui("cancel")}
          </Button>
        </div>
      </Form>
    </Dialog>
  );
}
