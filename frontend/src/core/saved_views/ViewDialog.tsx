import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { SavedView } from "../../api/contract";
import { ApiProblem, sentenceOf } from "../../api/problem";
import { Button } from "../../ui/button";
import { Dialog } from "../../ui/dialog";
import { TextField } from "../../ui/field";
import { Form } from "../../ui/form";
import { Icon } from "../../ui/icon";
import { Segmented } from "../../ui/marks";
import { say } from "../../ui/toast";
import type { CardKind } from "../entities/kind";
import { useViews } from "../groups/groups";
import { SharedWith } from "./SharedWith";
import { changeView, makeView, type ViewParts } from "./views";
import "./words";

interface ViewDialogProps {
  kind: CardKind;
  /** Absent: a new view is made of what is on the screen. */
  view?: SavedView;
  parts?: ViewParts;
  onMade?: (view: SavedView) => void;
  onClose: () => void;
}

/** How a view is called and who sees it. */
export function ViewDialog({ kind, view, parts = {}, onMade, onClose }: ViewDialogProps) {
  const { t } = useTranslation("saved_views");
  const { t: ui } = useTranslation("ui");
  const canShare = useViews(kind).data?.can_share ?? false;
  const [title, setTitle] = useState(view?.title ?? "");
  const [audience, setAudience] = useState(view?.audience ?? "me");
  const [roles, setRoles] = useState(view?.roles ?? []);
  const [departments, setDepartments] = useState(view?.departments ?? []);
  const [isGroup, setIsGroup] = useState(view?.is_group ?? false);
  const [busy, setBusy] = useState(false);
  const [errors, setErrors] = useState<Record<string, string>>({});

  const save = async () => {
    setBusy(true);
    const own = { title, is_group: isGroup };
    const shared = canShare || audience === "me" ? { audience, roles, departments } : {};
    try {
      if (view) await changeView(kind, view.id, { ...own, ...shared });
      else onMade?.(await makeView(kind, { ...own, ...parts, ...shared }));
      say(t("saved", { title: title.trim() }));
      onClose();
    } catch (refused) {
      const fields = refused instanceof ApiProblem ? refused.fields : {};
      setErrors(Object.keys(fields).length > 0 ? fields : { "": sentenceOf(refused) });
      setBusy(false);
    }
  };
  const { title: wrongTitle, ...others } = errors;
  const wrong = Object.values(others)[0];

  return (
    <Dialog title={view ? t("rename") : t("newTitle")} width={460} onClose={onClose}>
      <Form className="stack" onSubmit={() => void save()}>
        <TextField
          label={t("title")}
          required
          maxLength={80}
          placeholder={t("example")}
          hint={view ? undefined : t("keeps")}
          value={title}
          error={wrongTitle}
          onChange={(event) => setTitle(event.target.value)}
          data-autofocus
          data-testid="view-title"
        />
        {canShare ? (
          <div>
            <div className="lbl">{t("audience")}</div>
            <Segmented
              label={t("audience")}
              value={audience}
              onChange={setAudience}
              options={[
                { value: "me", title: t("me") },
                { value: "some", title: t("some") },
                { value: "all", title: t("all") },
              ]}
            />
            {audience !== "me" && <p className="hint">{t("rights")}</p>}
          </div>
        ) : (
          <p className="hint">{t("mayNotShare")}</p>
        )}
        {canShare && audience === "some" && (
          <SharedWith
            roles={roles}
            departments={departments}
            onRoles={setRoles}
            onDepartments={setDepartments}
          />
        )}
        <div>
          <label className="view-one">
            <input
              type="checkbox"
              className="cb"
              checked={isGroup}
              onChange={(event) => setIsGroup(event.target.checked)}
              data-testid="view-group"
            />
            {t("useAsGroup")}
          </label>
          <p className="hint">{t("groupHint")}</p>
        </div>
        {wrong && (
          <p className="notice tone-red" role="alert">
            <Icon name="circle-alert" />
            <span>{wrong}</span>
          </p>
        )}
        <div className="row">
          <Button
            look="primary"
            type="submit"
            busy={busy}
            disabled={!title.trim()}
            data-testid="view-save"
          >
            {ui("save")}
          </Button>
          <Button look="quiet" onClick={onClose}>
            {ui("cancel")}
          </Button>
        </div>
      </Form>
    </Dialog>
  );
}
