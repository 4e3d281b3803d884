import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { ModuleSwitch } from "../../api/contract";
import { sentenceOf } from "../../api/problem";
import { get, patch } from "../../api/request";
import { cache } from "../../core/session/cache";
import { refreshMe } from "../../core/session/session";
import { Button } from "../../ui/button";
import { Dialog } from "../../ui/dialog";
import { Icon, iconNamed } from "../../ui/icon";
import { Switch } from "../../ui/marks";
import { Failed, Waiting } from "../../ui/state";
import { complain, say } from "../../ui/toast";
import "./settings.css";
import "./words";

const KEY = ["modules"];

interface Modules {
  results: ModuleSwitch[];
  /** Who works here; only for those who may switch. */
  people: number | null;
}

/** Modules of the company: what each does, what it needs, one switch. */
export function Screen() {
  const { t } = useTranslation("settings");
  const modules = useQuery({
    queryKey: KEY,
    queryFn: () => get<Modules>("modules/"),
  });
  const [leaving, setLeaving] = useState<ModuleSwitch | null>(null);

  const turn = async (module: ModuleSwitch, enabled: boolean) => {
    const show = (on: boolean) =>
      cache.setQueryData<Modules>(KEY, (all) => {
        const put = (one: ModuleSwitch) =>
          one.code === module.code ? { ...one, enabled: on } : one;
        return all && { ...all, results: all.results.map(put) };
      });
    show(enabled);
    try {
      await patch(`modules/${module.code}/`, { enabled, with_needed: enabled });
      say(t(enabled ? "moduleSwitched" : "moduleUnswitched", { title: module.title }));
      await Promise.all([refreshMe(), cache.invalidateQueries({ queryKey: KEY })]);
    } catch (error) {
      show(!enabled);
      complain(sentenceOf(error));
    }
  };

  const list = modules.data?.results ?? [];
  const names = (codes: string[]) =>
    codes.map((code) => `«${list.find((one) => one.code === code)?.title ?? code}»`).join(", ");
  return (
    <>
      <div className="set-h">
        <h2>{t("modules")}</h2>
      </div>
      {modules.isPending && <Waiting />}
      {modules.isError && !modules.data && (
        <Failed text={sentenceOf(modules.error)} onRetry={() => void modules.refetch()} />
      )}
      <div className="mods">
        {list.map((module) => (
          <div key={module.code} className={module.enabled ? "mod on" : "mod"}>
            <Icon name={iconNamed(module.icon)} size={18} />
            <span className="nm">{module.title}</span>
            <Switch
              on={module.enabled}
              label={t("moduleSwitch", { title: module.title })}
              disabled={!module.can_switch}
              onChange={(on) => (on ? void turn(module, true) : setLeaving(module))}
              data-testid={`module-toggle-${module.code}`}
            />
            <span className="d">{module.description}</span>
            <span className="p">
              {[
                module.group,
                t(module.enabled ? "moduleOn" : "moduleOff").toLowerCase(),
                module.depends.length > 0 && t("moduleNeeds", { names: names(module.depends) }),
                module.enabled &&
                  module.required_by.length > 0 &&
                  t("moduleHolds", { names: names(module.required_by) }),
              ]
                .filter(Boolean)
                .join(" · ")}
            </span>
          </div>
        ))}
      </div>
      {leaving && (
        <Leaving
          module={leaving}
          people={modules.data?.people ?? null}
          onClose={() => setLeaving(null)}
          onSure={() => {
            setLeaving(null);
            void turn(leaving, false);
          }}
        />
      )}
    </>
  );
}

interface LeavingProps {
  module: ModuleSwitch;
  people: number | null;
  onClose: () => void;
  onSure: () => void;
}

/** It goes from everybody's screens at once, so it is asked about; nothing is lost with it. */
function Leaving({ module, people, onClose, onSure }: LeavingProps) {
  const { t } = useTranslation("settings");
  const { t: ui } = useTranslation("ui");
  return (
    <Dialog title={t("moduleLeaving", { title: module.title })} width={460} onClose={onClose}>
      <div className="stack">
        <p>
          {people === null ? t("moduleLeavingAll") : t("moduleLeavingPeople", { count: people })}
        </p>
        <p className="t2">{t("moduleLeavingKept")}</p>
        <div className="row">
          <Button look="danger" onClick={onSure} data-testid="module-off-sure">
            {t("moduleLeave")}
          </Button>
          <Button look="quiet" onClick={onClose} data-autofocus>
            {ui("cancel")}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
