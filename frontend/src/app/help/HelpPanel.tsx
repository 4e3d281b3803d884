import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { Help } from "../../api/help";
import { sentenceOf } from "../../api/problem";
import { useMe } from "../../core/session/session";
import { Button } from "../../ui/button";
import { Dialog } from "../../ui/dialog";
import { Icon } from "../../ui/icon";
import { usePhone } from "../../ui/screen";
import { Failed, Waiting } from "../../ui/state";
import { useStore } from "../../ui/store";
import "./help.css";
import { helpOpen, useHelp } from "./help";
import { LetterPart, WriteForm } from "./WriteForm";
import "./words";

/** «Помощь», open over whatever the person is looking at. */
export function HelpHost({ onKeys }: { onKeys: () => void }) {
  const leaf = useStore(helpOpen);
  return leaf ? <HelpPanel leaf={leaf} onKeys={onKeys} /> : null;
}

const close = () => helpOpen.set(null);

function HelpPanel({ leaf, onKeys }: { leaf: "home" | "write"; onKeys: () => void }) {
  const { t } = useTranslation("help");
  const me = useMe();
  const asks = me.support === null;
  const query = useHelp(asks);
  const help = query.data;
  const writes = leaf === "write" && help?.takes_appeals;
  return (
    <Dialog title={writes ? t("write") : t("title")} width={560} onClose={close}>
      {writes && help ? (
        <WriteForm help={help} onDone={close} />
      ) : (
        <div className="stack help-home">
          <Tips onKeys={onKeys} />
          {asks && query.isPending && <Waiting rows={3} />}
          {asks && query.isError && !help && (
            <Failed text={sentenceOf(query.error)} onRetry={() => void query.refetch()} />
          )}
          {help && <Contacts help={help} />}
          {help?.takes_appeals && <Ask />}
          {help && !help.takes_appeals && help.email && <LetterPart help={help} />}
        </div>
      )}
    </Dialog>
  );
}

/** Short texts that are there: no search, for there are few. */
function Tips({ onKeys }: { onKeys: () => void }) {
  const { t } = useTranslation("help");
  const phone = usePhone();
  return (
    <section>
      <h3>{t("tips")}</h3>
      <ul className="help-list">
        {!phone && (
          <li>
            <button
              type="button"
              className="link help-line"
              onClick={() => {
                close();
                onKeys();
              }}
              data-testid="help-keys"
            >
              <Icon name="list" /> {t("keys")}
            </button>
          </li>
        )}
        <li>
          <a className="link help-line" href="/api/docs/" target="_blank" rel="noreferrer">
            <Icon name="code" /> {t("api")}
          </a>
        </li>
      </ul>
    </section>
  );
}

function Contacts({ help }: { help: Help }) {
  const { t } = useTranslation("help");
  const { phone, email, takes_appeals: takes } = help;
  if (!phone && !email) return takes ? null : <p className="t2">{t("nobody")}</p>;
  return (
    <section>
      <h3>{t("contacts")}</h3>
      <ul className="help-list">
        {phone && (
          <li>
            <a className="link help-line" href={`tel:${phone.replaceAll(/[^\d+]/g, "")}`}>
              <Icon name="phone" /> {t("phone", { phone })}
            </a>
          </li>
        )}
        {email && (
          <li>
            <a className="link help-line" href={`mailto:${email}`}>
              <Icon name="mail" /> {t("email", { email })}
            </a>
          </li>
        )}
      </ul>
    </section>
  );
}

function Ask() {
  const { t } = useTranslation("help");
  const navigate = useNavigate();
  return (
    <section className="stack">
      <div className="row help-ask">
        <Button
          look="primary"
          icon="send"
          onClick={() => helpOpen.set("write")}
          data-testid="help-write"
        >
          {t("write")}
        </Button>
        <Button
          icon="message-square"
          onClick={() => {
            close();
            void navigate({ to: "/help" } as never);
          }}
          data-testid="help-mine"
        >
          {t("mine")}
        </Button>
      </div>
      <span className="hint">{t("writeText")}</span>
    </section>
  );
}
