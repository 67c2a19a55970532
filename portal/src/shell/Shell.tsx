import { Trans, useLingui } from "@lingui/react/macro";
import { Link, Outlet, useRouterState } from "@tanstack/react-router";
import { Contrast, Moon, Sun } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { useLanguage } from "../text/i18n.tsx";
import { Segmented } from "../ui/Segmented.tsx";
import { AccountMenu } from "./AccountMenu.tsx";
import styles from "./Shell.module.css";
import { applyTheme, currentTheme, type Theme } from "./theme.ts";

/** The frame of every page: skip link, header with language and theme, the page, footer with attribution. */
export function Shell() {
  const main = useFocusOnArrival();
  return (
    <>
      <a href="#main" className={styles.skip}>
        <Trans>Skip to the content</Trans>
      </a>
      <Header />
      <main id="main" ref={main} tabIndex={-1} className={styles.main}>
        <Outlet />
      </main>
      <Footer />
    </>
  );
}

/** After a change of page the focus goes to its content and the view to its top, as a full load would do. */
function useFocusOnArrival() {
  const main = useRef<HTMLElement>(null);
  const path = useRouterState({ select: (state) => state.resolvedLocation?.pathname });
  const [arrived, setArrived] = useState(path);
  useEffect(() => {
    if (path === undefined || path === arrived) return;
    if (arrived !== undefined) {
      window.scrollTo(0, 0);
      main.current?.focus({ preventScroll: true });
    }
    setArrived(path);
  }, [path, arrived]);
  return main;
}

function Header() {
  const { t } = useLingui();
  return (
    <header className={styles.header}>
      <div className={styles.bar}>
        <Link to="/" className={styles.brand} aria-label={t`Madang, home`}>
          <svg viewBox="0 0 32 32" width="26" height="26" aria-hidden="true">
            <path d="M4 4h24v24H4z" className={styles.brandFrame} />
            <circle cx="16" cy="16" r="5.5" className={styles.brandDot} />
          </svg>
          <span>{t`Madang`}</span>
        </Link>
        <nav aria-label={t`Main`} className={styles.nav}>
          <Link to="/datasets" className={styles.link}>
            <Trans>Data</Trans>
          </Link>
          <Link to="/market" className={styles.link}>
            <Trans>Market</Trans>
          </Link>
          <Link to="/incidents" className={styles.link}>
            <Trans>Incidents</Trans>
          </Link>
          <Link to="/privacy" className={styles.link}>
            <Trans>Privacy</Trans>
          </Link>
          <Link to="/about" className={styles.link}>
            <Trans>About</Trans>
          </Link>
        </nav>
        <div className={styles.switches}>
          <LanguageSwitch />
          <ThemeSwitch />
          <AccountMenu />
        </div>
      </div>
    </header>
  );
}

function LanguageSwitch() {
  const { t } = useLingui();
  const { language, choose } = useLanguage();
  return (
    <Segmented
      label={t`Language`}
      value={language}
      onChange={choose}
      options={[
        { value: "ko", content: <span lang="ko">한국어</span> },
        { value: "en", content: <span lang="en">English</span> },
      ]}
    />
  );
}

function ThemeSwitch() {
  const { t } = useLingui();
  const [theme, setTheme] = useState<Theme>(currentTheme);
  const choose = (next: Theme): void => {
    applyTheme(next);
    setTheme(next);
  };
  return (
    <Segmented
      label={t`Theme`}
      value={theme}
      onChange={choose}
      options={[
        { value: "auto", label: t`As the system`, content: <Contrast size={16} aria-hidden="true" /> },
        { value: "light", label: t`Light`, content: <Sun size={16} aria-hidden="true" /> },
        { value: "dark", label: t`Dark`, content: <Moon size={16} aria-hidden="true" /> },
      ]}
    />
  );
}

function Footer() {
  return (
    <footer className={styles.footer}>
      <div className={styles.footerInner}>
        <p>
          <Trans>
            Madang is open source (Apache-2.0). Each dataset names its provider, its licence and how to attribute it.
            Every published number carries noise by design and says how much.
          </Trans>
        </p>
        <p className="small">
          <Trans>
            Outlines are the city's own vector data. Typeface: Pretendard (SIL OFL 1.1). No trackers, and no cookies
            unless you sign in; language, theme and the last known data stay on this device.
          </Trans>
        </p>
      </div>
    </footer>
  );
}
