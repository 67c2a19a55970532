// Signing out goes on by itself; the button is there for browsers without scripts.
document.forms[0].submit();
