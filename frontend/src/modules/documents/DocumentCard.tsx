import { useNavigate, useParams } from "@tanstack/react-router";
import { useCallback, useState } from "react";
import { useTranslation } from "react-i18next";
import { sentenceOf } from "../../api/problem";
import { ReadingCall } from "../../core/acknowledgements/ReadingCall";
import { FilesSection } from "../../core/attachments/FilesSection";
import { CardFrame } from "../../core/cards/CardFrame";
import { CardActions } from "../../core/cards/CardParts";
import { CardState } from "../../core/cards/CardState";
import { Stream } from "../../core/cards/Stream";
import { CardTools } from "../../core/cardtools/CardTools";
import { discard, saveField, useCard } from "../../core/entities/card";
import { keys, refOf } from "../../core/entities/kind";
import { InlineText } from "../../core/forms/InlineText";
import { addressOfPaper } from "../../core/prints/papers";
import { usePrintItems } from "../../core/prints/usePrintItems";
import { useLive } from "../../core/realtime/live";
import { RouteSection } from "../../core/routes/RouteSection";
import { SendDialog } from "../../core/routes/SendDialog";
import { cache } from "../../core/session/cache";
import { may, useMe } from "../../core/session/session";
import { StatusMenu } from "../../core/statuses/StatusMenu";
import { WatchButton } from "../../core/watchers/WatchButton";
import { Button, IconButton } from "../../ui/button";
import { Icon } from "../../ui/icon";
import { Tag } from "../../ui/marks";
import type { MenuItem } from "../../ui/menu";
import { usePhone } from "../../ui/screen";
import { complain } from "../../ui/toast";
import { DocumentFields } from "./card/DocumentFields";
import { DocumentText } from "./card/DocumentText";
import { RegisterDialog } from "./card/RegisterDialog";
import { ResolutionsSection } from "./card/ResolutionsSection";
import { SignedSheet } from "./card/SignedSheet";
import { makeDraft } from "./compose/making";
import { ACTION_ICONS, DOCUMENTS, type Doc, toneOfStatus } from "./document";
import { MinutesSection } from "./minutes/MinutesSection";
import "./documents.css";
import "./words";

/** One document, over the list or as a page. */
export function Screen() {
  const { documentId = "" } = useParams({ strict: false }) as { documentId?: string };
  const { t } = useTranslation("documents");
  const navigate = useNavigate();
  const me = useMe();
  const phone = usePhone();
  const card = useCard<Doc>(DOCUMENTS, documentId);
  const doc = card.data;

  const refresh = useCallback(() => {
    void cache.invalidateQueries({ queryKey: keys.card(DOCUMENTS, documentId) });
  }, [documentId]);
  useLive(doc ? `ref:${refOf(DOCUMENTS, documentId)}` : null, refresh);

  const throwAway = async () => {
    await navigate({ to: DOCUMENTS.route, search: true } as never);
    await discard(DOCUMENTS, documentId);
  };
  const print = () =>
    void window.open(addressOfPaper(`documents/${documentId}/print/`), "_blank", "noopener");
  const forms = usePrintItems(DOCUMENTS, doc && { id: doc.id, type: doc.type.code });
  const copy = async (source: Doc) => {
    try {
      const made = await makeDraft({ source: source.id, card_type: source.type.code });
      void navigate({ to: `${DOCUMENTS.route}/${made.id}` } as never);
    } catch (error) {
      complain(sentenceOf(error));
    }
  };
  const more: MenuItem[] = doc
    ? [
        {
          key: "print",
          title: t("printCard"),
          icon: "printer",
          run: print,
        },
        ...forms,
        ...(doc.can?.attach
          ? [
              {
                key: "paper",
                title: t("sheetTake"),
                icon: "image" as const,
                run: () => void navigate({ search: withPaper } as never),
              },
            ]
          : []),
        ...(may(me, "documents.create")
          ? [
              {
                key: "copy",
                title: t("copy"),
                icon: "copy" as const,
                run: () => void copy(doc),
              },
            ]
          : []),
        ...(doc.can?.delete
          ? [
              {
                key: "discard",
                title: t("discard"),
                icon: "trash-2" as const,
                danger: true,
                before: "line" as const,
                run: () => void throwAway(),
              },
            ]
          : []),
      ]
    : [];

  return (
    <CardFrame
      key={documentId}
      kind={DOCUMENTS}
      id={documentId}
      listTitle={t("title")}
      number={doc ? doc.number || doc.type.title : ""}
      more={more}
      owner={doc?.initiator?.id}
      streamCount={doc?.comments_count ?? 0}
      watch={
        doc && (
          <>
            {!phone && <IconButton icon="printer" label={t("printCard")} small onClick={print} />}
            <WatchButton kind={DOCUMENTS} id={doc.id} />
          </>
        )
      }
      body={<CardState query={card}>{(one) => <DocumentBody doc={one} />}</CardState>}
      stream={
        doc ? (
          <Stream
            kind={DOCUMENTS}
            id={doc.id}
            canComment={doc.can?.comment ?? false}
            canAttach={doc.can?.attach ?? false}
          />
        ) : (
          <aside className="dr-r" />
        )
      }
    />
  );
}

const withPaper = (now: Record<string, unknown>) => ({ ...now, paper: 1 });

function DocumentBody({ doc }: { doc: Doc }) {
  const { t } = useTranslation("documents");
  return (
    <>
      <ReadingCall kind={DOCUMENTS} id={doc.id} version={doc.version} />
      <InlineText
        label={t("titleLabel")}
        className="card-t"
        value={doc.title}
        readOnly={!doc.can?.edit}
        oneLine
        required
        data-testid="card-title"
        onSave={(title, seen) =>
          void saveField<Doc>(DOCUMENTS, doc, {
            field: "title",
            value: title,
            shown: { title },
            seen,
            words: (card) => card.title,
          })
        }
      />
      <div className="actrow">
        <StatusMenu kind={DOCUMENTS} card={doc} toneOf={toneOfStatus} />
        <Tag>{doc.type.title}</Tag>
        {doc.secrecy && <Tag tone="violet">{t(`mark_${doc.secrecy}`)}</Tag>}
        {doc.is_private && !doc.secrecy && <Tag>{t("private")}</Tag>}
        <Deeds doc={doc} />
      </div>
      <SignedSheet key={`sheet-${doc.id}`} doc={doc} />
      {doc.is_draft && (
        <p className="row f13 t3 doc-note">
          <Icon name="eye" size={14} />
          {t("draftNote")}
        </p>
      )}
      {doc.is_as_registered === false && (
        <p className="row f13 red doc-note" data-testid="not-as-registered">
          <Icon name="circle-alert" size={14} />
          {t("notAsRegistered")}
        </p>
      )}
      <DocumentFields key={doc.id} doc={doc} />
      <DocumentText key={`text-${doc.id}`} doc={doc} />
      <MinutesSection key={`minutes-${doc.id}`} doc={doc} />
      <RouteSection key={`route-${doc.id}`} kind={DOCUMENTS} id={doc.id} isLed />
      <ResolutionsSection key={`resolutions-${doc.id}`} doc={doc} />
      <CardTools kind={DOCUMENTS} card={doc} />
      <FilesSection kind={DOCUMENTS} id={doc.id} canAttach={doc.can?.attach ?? false} />
    </>
  );
}

/** Verbs that ask for something first: along which route, under which number. */
const ASKING = ["send", "register"];

/** The verbs of the server, those that ask first in front. */
function Deeds({ doc }: { doc: Doc }) {
  const [asking, setAsking] = useState<string | null>(null);
  const actions = doc.actions ?? [];
  const close = () => setAsking(null);
  return (
    <div className="actbtns">
      {actions
        .filter(({ code }) => ASKING.includes(code))
        .map((one) => (
          <Button
            key={one.code}
            look={one.kind === "primary" ? "primary" : "default"}
            icon={one.kind === "primary" ? ACTION_ICONS[one.code] : undefined}
            onClick={() => setAsking(one.code)}
            data-testid={`card-action-${one.code}`}
          >
            {one.title}
          </Button>
        ))}
      <CardActions
        kind={DOCUMENTS}
        id={doc.id}
        actions={actions.filter(({ code }) => !ASKING.includes(code))}
        icons={ACTION_ICONS}
      />
      {asking === "register" && <RegisterDialog doc={doc} onClose={close} />}
      {asking === "send" && <SendDialog kind={DOCUMENTS} id={doc.id} onClose={close} />}
    </div>
  );
}
