/** Pages that report servers, and web servers which are none, answer instead of a report. */

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll("'", '&#39;');

/** As the report server writes it, in the language of whoever asks; the codes in brackets are the same in every language. */
export const errorPage = (...lines: readonly string[]): string =>
  `<html>
<head>
<title>SQL Server Reporting Services</title>
<meta name="Generator" content="Microsoft SQL Server Reporting Services 15.0.1102.1140">
<meta name="HTTP Status" content="500">
<meta name="ProductLocaleID" content="9">
</head>
<body bgcolor="white">
<h1>Błąd usług Reporting Services<hr width="100%" size="1" color="silver"></h1>
<ul>${lines.map((line) => `<li>${escaped(line)} <a href="http://go.microsoft.com/fwlink/?LinkId=20476">Pomoc</a></li>`).join('<ul>')}
${'</ul>'.repeat(lines.length)}
<hr width="100%" size="1" color="silver"><span>SQL Server Reporting Services</span>
</body></html>`;

export const otherServersPage = `<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd">
<html xmlns="http://www.w3.org/1999/xhtml">
<head><title>IIS Windows Server</title></head>
<body><a href="http://go.microsoft.com/fwlink/?linkid=66138"><img src="iisstart.png" alt="IIS" /></a></body>
</html>`;

export const loginPage =
  '<html><head><title>401 - Unauthorized: Access is denied due to invalid credentials.</title></head><body></body></html>';
