import { useTranslation } from "react-i18next";
import { useComposers } from "../../core/entities/house";
import { type Composer, openComposer } from "../../core/entities/module";
import { Bell } from "../../core/notices/Bell";
import { Button } from "../../ui/button";
import { Icon } from "../../ui/icon";
import { Menu } from "../../ui/menu";
import "../words";
import { UserMenu } from "./UserMenu";

interface TopBarProps {
  onSearch: () => void;
  onCreate: () => void;
}

const isMac = /Mac/.test(navigator.userAgent);

export function TopBar({ onSearch, onCreate }: TopBarProps) {
  const { t } = useTranslation("app");
  const composers = useComposers();
  return (
    <header className="top">
      <button type="button" className="searchbox" onClick={onSearch} data-testid="palette-open">
        <Icon name="search" />
        <span className="grow el">{t("search")}</span>
        <span className="kbd">{isMac ? "⌘ K" : "Ctrl K"}</span>
      </button>
      <span className="grow" />
      {composers.length > 0 && (
        <span className="create">
          <Button
            look="primary"
            size="sm"
            icon="plus"
            title={t("createHint")}
            onClick={onCreate}
            data-testid="create-task"
          >
            {t("create")}
          </Button>
          {composers.length > 1 && <CreateMenu composers={composers} />}
        </span>
      )}
      <span className="vsep" />
      <Bell />
      <UserMenu />
    </header>
  );
}

/** Whatever else may be made, beside what the button makes. */
function CreateMenu({ composers }: { composers: Composer[] }) {
  const { t } = useTranslation("app");
  return (
    <Menu
      label={t("createWhat")}
      alignEnd
      trigger={(open) => (
        <Button
          look="primary"
          size="sm"
          aria-label={t("createWhat")}
          title={t("createWhat")}
          {...open}
          data-testid="create-menu"
        >
          <Icon name="chevron-down" />
        </Button>
      )}
      items={composers.map((composer) => ({
        key: composer.code,
        title: composer.title,
        run: () => openComposer.set(composer.code),
      }))}
    />
  );
}
