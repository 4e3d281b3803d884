import { theme as antdTheme, ConfigProvider, type ThemeConfig } from "antd";
import ruRU from "antd/locale/ru_RU";
import dayjs from "dayjs";
import "dayjs/locale/ru";
import { type ReactNode, useMemo } from "react";
import { Icon } from "./icon";
import { useStore } from "./store";
import { isDark, look } from "./theme";

dayjs.locale("ru");

/** One source of colour and shape: what antd draws is dressed from tokens.css. */
function dress(): ThemeConfig {
  const style = getComputedStyle(document.documentElement);
  const colour = (name: string) => style.getPropertyValue(name).trim();
  const compact = look.get().density === "compact";
  return {
    algorithm: isDark() ? antdTheme.darkAlgorithm : antdTheme.defaultAlgorithm,
    token: {
      fontFamily: colour("--font"),
      fontSize: 14,
      controlHeight: compact ? 28 : 32,
      borderRadius: 6,
      borderRadiusLG: 8,
      borderRadiusSM: 4,
      wireframe: false,
      motionDurationMid: "0.12s",
      motionDurationSlow: "0.14s",
      colorPrimary: colour("--accent"),
      colorInfo: colour("--accent"),
      colorLink: colour("--accent-text"),
      colorError: colour("--st-red-mark"),
      colorBgLayout: colour("--bg-layout"),
      colorBgContainer: colour("--bg-surface"),
      colorBgElevated: colour("--bg-raised"),
      colorBorder: colour("--line-control"),
      colorBorderSecondary: colour("--line"),
      colorText: colour("--text"),
      colorTextSecondary: colour("--text-2"),
      colorTextPlaceholder: colour("--text-3"),
      colorTextLightSolid: colour("--on-accent"),
      controlItemBgHover: colour("--bg-hover"),
      controlItemBgActive: colour("--bg-selected"),
    },
  };
}

/** antd's own drawings are read out by their English file names; ours are silent. */
export const choiceIcons = {
  suffixIcon: <Icon name="chevron-down" size={14} />,
  removeIcon: <Icon name="x" size={12} />,
  menuItemSelectedIcon: <Icon name="check" size={14} />,
};

/** For `allowClear`: a cross of ours. */
export const clearable = { clearIcon: <Icon name="x" size={14} /> };

const datePicker = { suffixIcon: <Icon name="calendar" size={14} />, allowClear: clearable };

const treeSelect = { switcherIcon: <Icon name="chevron-down" size={14} /> };

/** Screens that take antd's heavy controls stand inside this; the rest never loads them. */
export function AntdTheme({ children }: { children: ReactNode }) {
  const chosen = useStore(look);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the colours are read from the dressed page.
  const theme = useMemo(dress, [chosen]);
  return (
    <ConfigProvider
      locale={ruRU}
      theme={theme}
      select={choiceIcons}
      treeSelect={treeSelect}
      datePicker={datePicker}
    >
      {children}
    </ConfigProvider>
  );
}
