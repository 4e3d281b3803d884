import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { useCallback, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { FilesSection } from "../../../core/attachments/FilesSection";
import { CardFrame } from "../../../core/cards/CardFrame";
import { CardState } from "../../../core/cards/CardState";
import { PatternContext } from "../../../core/cards/pattern";
import { Stream } from "../../../core/cards/Stream";
import { CardTools } from "../../../core/cardtools/CardTools";
import { discard, saveField, useCard } from "../../../core/entities/card";
import { keys, refOf } from "../../../core/entities/kind";
import { InlineText } from "../../../core/forms/InlineText";
import { useLive } from "../../../core/realtime/live";
import { OccurrencesSection } from "../../../core/recurrence/OccurrencesSection";
import { RecurrenceSection } from "../../../core/recurrence/RecurrenceSection";
import { cache } from "../../../core/session/cache";
import { Tag } from "../../../ui/marks";
import type { MenuItem } from "../../../ui/menu";
import { GiveButton } from "./GiveButton";
import { TemplateFields } from "./TemplateFields";
import { TemplateText } from "./TemplateText";
import { TEMPLATES, type Template } from "./template";
import "./templates.css";
import "./words";

/** Whoever has just made a template comes to give it a plan; the address forgets it at once. */
function useBegins(templateId: string): boolean {
  const { plan } = useSearch({ strict: false }) as { plan?: string };
  const navigate = useNavigate();
  const [asked] = useState(plan === "1" ? templateId : null);
  useEffect(() => {
    if (plan !== "1") return;
    const search = ({ plan: _plan, ...rest }: Record<string, string>) => rest;
    void navigate({ to: ".", search, replace: true } as never);
  }, [plan, navigate]);
  return asked === templateId;
}

/** One template, over the list or as a page. */
export function Screen() {
  const { templateId = "" } = useParams({ strict: false }) as { templateId?: string };
  const { t } = useTranslation("templates");
  const { t: tasks } = useTranslation("tasks");
  const navigate = useNavigate();
  const begins = useBegins(templateId);
  const card = useCard<Template>(TEMPLATES, templateId);
  const template = card.data;

  const refresh = useCallback(() => {
    void cache.invalidateQueries({ queryKey: keys.card(TEMPLATES, templateId) });
  }, [templateId]);
  useLive(template ? `ref:${refOf(TEMPLATES, templateId)}` : null, refresh);

  const throwAway = async () => {
    await navigate({ to: TEMPLATES.route, search: true } as never);
    await discard(TEMPLATES, templateId);
  };
  const switchPrivacy = (one: Template) => {
    const is_private = !one.is_private;
    void saveField<Template>(TEMPLATES, one, {
      field: "is_private",
      value: is_private,
      shown: { is_private },
      words: (told) => tasks(told.is_private ? "privacyOn" : "privacyOff"),
    });
  };
  const more: MenuItem[] = template?.can_edit
    ? [
        {
          key: "privacy",
          title: tasks(template.is_private ? "makeOpen" : "makePrivate"),
          icon: template.is_private ? ("users" as const) : ("shield-check" as const),
          run: () => switchPrivacy(template),
        },
        {
          key: "discard",
          title: t("discard"),
          icon: "trash-2",
          danger: true,
          run: () => void throwAway(),
        },
      ]
    : [];

  return (
    <CardFrame
      key={templateId}
      kind={TEMPLATES}
      id={templateId}
      listTitle={t("short")}
      number={template?.number ?? ""}
      more={more}
      streamCount={0}
      streamTitle={t("stream")}
      body={
        <CardState query={card}>
          {(one) => <TemplateBody template={one} begins={begins} />}
        </CardState>
      }
      stream={
        template ? (
          <Stream kind={TEMPLATES} id={template.id} canComment={false} canAttach={false} />
        ) : (
          <aside className="dr-r" />
        )
      }
    />
  );
}

function TemplateBody({ template, begins }: { template: Template; begins: boolean }) {
  const { t } = useTranslation("templates");
  const { t: tasks } = useTranslation("tasks");
  const { id } = template;
  const canEdit = template.can_edit ?? false;
  return (
    <>
      <InlineText
        label={t("titleLabel")}
        className="card-t"
        value={template.title}
        readOnly={!canEdit}
        oneLine
        required
        data-testid="card-title"
        onSave={(title, seen) =>
          void saveField<Template>(TEMPLATES, template, {
            field: "title",
            value: title,
            shown: { title },
            seen,
            words: (card) => card.title,
          })
        }
      />
      <div className="actrow">
        {template.is_private && <Tag>{tasks("private")}</Tag>}
        <div className="actbtns">{template.can_give && <GiveButton template={template} />}</div>
      </div>
      <TemplateFields template={template} canEdit={canEdit} />
      <div className="card-text">
        <TemplateText template={template} canEdit={canEdit} />
      </div>
      <RecurrenceSection key={`plan-${id}`} kind={TEMPLATES} id={id} begins={begins} />
      <OccurrencesSection key={`came-${id}`} kind={TEMPLATES} id={id} />
      <PatternContext value={true}>
        <CardTools kind={TEMPLATES} card={template} />
      </PatternContext>
      <FilesSection kind={TEMPLATES} id={id} canAttach={canEdit} />
    </>
  );
}
