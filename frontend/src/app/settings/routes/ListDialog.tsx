import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Person } from "../../../api/contract";
import type { ApprovalList, RoutedKind } from "../../../api/routes";
import { PeopleInOrder } from "../../../core/routes/PeopleInOrder";
import { Button } from "../../../ui/button";
import { Dialog } from "../../../ui/dialog";
import { TextField } from "../../../ui/field";
import { Form } from "../../../ui/form";
import { say } from "../../../ui/toast";
import { useSaving } from "../saving";
import { archiveList, saveList } from "./settings";
import { TypeField } from "./TypeField";
import "./words";

interface ListDialogProps {
  kind: RoutedKind;
  /** Null for a new one. */
  list: ApprovalList | null;
  onClose: () => void;
}

/** A named list: who is in it and in which order. */
export function ListDialog({ kind, list, onClose }: ListDialogProps) {
  const { t } = useTranslation("routeset");
  const { t: ui } = useTranslation("ui");
  const [title, setTitle] = useState(list?.title ?? "");
  const [type, setType] = useState(list?.card_type ?? "");
  const [people, setPeople] = useState<Person[]>(list?.people ?? []);
  const { busy, errors, fail, run } = useSaving();
  const save = async () => {
    const ids = people.flatMap((one) => (one.id === null ? [] : [one.id]));
    if (ids.length === 0) return fail({ people: t("listNobody") });
    const told = { title: title.trim(), card_type: type, people: ids };
    if (await run(() => saveList(kind.kind, list, told))) onClose();
  };
  const archive = async () => {
    if (!list || !(await run(() => archiveList(list.id)))) return;
    say(t("listArchived", { title: list.title }));
    onClose();
  };
  return (
    <Dialog
      title={list ? t("listEdit", { title: list.title }) : t("listAdd")}
      width={460}
      onClose={onClose}
    >
      <Form className="stack" onSubmit={() => void save()}>
        <TextField
          label={t("listName")}
          required
          maxLength={100}
          value={title}
          error={errors.title}
          onChange={(event) => setTitle(event.target.value)}
          data-autofocus
          data-testid="list-title"
        />
        {!list && <TypeField kind={kind.kind} value={type} onChange={setType} />}
        <PeopleInOrder
          label={t("listPeople")}
          people={people}
          error={errors.people}
          onChange={setPeople}
        />
        <div className="row">
          <Button
            look="primary"
            type="submit"
            busy={busy}
            disabled={!title.trim()}
            data-testid="list-save"
          >
            {ui("save")}
          </Button>
          <Button look="quiet" onClick={onClose}>
            {ui("cancel")}
          </Button>
          <span className="grow" />
          {list && (
            <Button look="danger" busy={busy} onClick={() => void archive()}>
              {t("listArchive")}
            </Button>
          )}
        </div>
      </Form>
    </Dialog>
  );
}
