import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { may, useMe } from "../../core/session/session";
import { Empty } from "../../ui/state";
import { modules } from "../modules";
import "../words";

/** The title of the module to which the address belongs, when it is off in this company. */
export function useModuleOff(address: string): string | null {
  const me = useMe();
  const owner = modules.find((module) =>
    module.routes.some(({ path }) => address === path || address.startsWith(`${path}/`)),
  );
  const known = me.modules.find((module) => module.code === owner?.code);
  return known && !known.enabled ? known.title : null;
}

/** What stands in the place of a module that has been switched off, even under somebody's hands. */
export function ModuleOff({ title }: { title: string }) {
  const { t } = useTranslation("app");
  const me = useMe();
  const canSwitch = may(me, "tenants.modules");
  return (
    <Empty
      icon="layout-grid"
      title={t("moduleOff", { title })}
      text={canSwitch ? t("moduleOffMine") : t("moduleOffText")}
    >
      {canSwitch ? (
        <Link to={"/settings/modules" as never} className="btn primary">
          {t("moduleOffOpen")}
        </Link>
      ) : (
        <Link to={"/" as never} className="btn">
          {t("home")}
        </Link>
      )}
    </Empty>
  );
}
