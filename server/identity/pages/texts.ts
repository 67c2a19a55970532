import type { Locale } from "../accounts.ts";

/** Every text of the provider's pages, in both languages. */
const KO = {
  signIn: "로그인",
  signInIntro: "마당 계정으로 계속합니다.",
  email: "이메일",
  password: "비밀번호",
  wrong: "이메일이나 비밀번호가 맞지 않습니다.",
  pause: (seconds: number) => `실패한 시도가 많아 잠시 멈춥니다. ${seconds}초 뒤에 다시 시도하십시오.`,
  newHere: "처음이신가요?",
  create: "계정 만들기",
  createIntro: "이름과 이메일, 비밀번호만 받습니다. 데이터를 보는 데에는 계정이 필요하지 않습니다.",
  have: "이미 계정이 있나요?",
  name: "이름",
  nameHint: "신청서와 대화에 보이는 이름입니다.",
  passwordHint: "12자 이상. 여러 낱말을 이은 문장이 좋습니다.",
  repeat: "비밀번호 다시 한 번",
  emailFault: "이메일 주소를 확인하십시오.",
  nameFault: "이름을 1자에서 100자 사이로 적으십시오.",
  short: "비밀번호가 12자보다 짧습니다.",
  long: "비밀번호는 128자까지입니다.",
  plain: "쉽게 짐작할 수 있는 비밀번호입니다.",
  passwordIsEmail: "비밀번호에 이메일을 쓰지 마십시오.",
  differs: "두 비밀번호가 서로 다릅니다.",
  taken: "이 주소로는 계정을 만들 수 없습니다. 본인의 주소라면 로그인하십시오.",
  fix: "고칠 곳이 있습니다",
  signOut: "로그아웃",
  signOutAsk: "이 브라우저에서 로그아웃할까요?",
  stay: "로그인한 채로 두기",
  signingOut: "로그아웃하는 중",
  signedOut: "로그아웃했습니다",
  expired: "이 페이지는 시간이 지났습니다",
  expiredText: "로그인을 시작한 지 오래되었거나 다른 창에서 이미 마쳤습니다. 마당에서 다시 시작하십시오.",
  refused: "이 요청은 처리할 수 없습니다",
  refusedText: "주소가 올바르지 않거나 다른 사이트에서 보낸 요청입니다. 마당에서 다시 시작하십시오.",
  away: "지금은 로그인할 수 없습니다",
  awayText: "잠시 뒤에 다시 시도하십시오.",
  home: "마당으로",
  other: "English",
};

const EN: typeof KO = {
  signIn: "Sign in",
  signInIntro: "Go on with your Madang account.",
  email: "E-mail",
  password: "Password",
  wrong: "E-mail or password is not right.",
  pause: (seconds) => `Too many attempts have failed. Try again in ${seconds} seconds.`,
  newHere: "New here?",
  create: "Create an account",
  createIntro: "A name, an e-mail address and a password are all we take. Looking at data needs no account.",
  have: "Do you have an account?",
  name: "Name",
  nameHint: "Shown with your requests and messages.",
  passwordHint: "12 characters or more. A sentence of several words is good.",
  repeat: "Password once more",
  emailFault: "Check the e-mail address.",
  nameFault: "Give a name of 1 to 100 characters.",
  short: "The password is shorter than 12 characters.",
  long: "A password may have 128 characters.",
  plain: "This password is easy to guess.",
  passwordIsEmail: "Do not use your e-mail address in the password.",
  differs: "The two passwords are not the same.",
  taken: "No account can be made with this address. If it is yours, sign in.",
  fix: "Something needs to be corrected",
  signOut: "Sign out",
  signOutAsk: "Sign out in this browser?",
  stay: "Stay signed in",
  signingOut: "Signing out",
  signedOut: "You have signed out",
  expired: "This page is too old",
  expiredText: "Signing in was begun long ago, or was ended in another window. Start again from Madang.",
  refused: "This request cannot be answered",
  refusedText: "Its address is not right, or another site has sent it. Start again from Madang.",
  away: "Signing in does not work just now",
  awayText: "Try again in a moment.",
  home: "To Madang",
  other: "한국어",
};

export type Texts = typeof KO;
export const texts = (locale: Locale): Texts => (locale === "ko" ? KO : EN);

/** The first of the asked languages that there is; Korean when there is none. */
export function chooseLocale(...asked: readonly (string | undefined)[]): Locale {
  const tags = asked.flatMap((text) => (text ?? "").split(/[\s,]+/)).map((tag) => tag.slice(0, 2).toLowerCase());
  return tags.find((tag): tag is Locale => tag === "ko" || tag === "en") ?? "ko";
}
