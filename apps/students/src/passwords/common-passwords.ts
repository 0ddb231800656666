/**
 * Passwords of 8 or more characters that lead the published lists of leaked ones (NIST SP 800-63B §5.1.1.2), in lower case.
 * A short list on purpose: what it misses, the lock-out slows down.
 */
export const commonPasswords: ReadonlySet<string> = new Set(
  `password password1 password12 password123 password1234 passw0rd p@ssw0rd p@ssword pa55word passwort motdepasse
12345678 123456789 1234567890 12345678910 0123456789 0987654321 987654321 87654321 11111111 111111111 1111111111 00000000
000000000 22222222 55555555 66666666 77777777 88888888 99999999 12341234 12344321 123123123 123321123 147258369 11223344
112233445566 1q2w3e4r 1q2w3e4r5t 1qaz2wsx 1qazxsw2 q1w2e3r4 q1w2e3r4t5 zaq12wsx zaq1zaq1 qwertyui qwertyuiop qwerty123
qwerty1234 qwerty12 qwerty12345 asdfghjk asdfghjkl asdf1234 zxcvbnm1 zxcvbnm123 qazwsxedc abcd1234 abc12345 abcdefgh
abcdefg1 abcdef123 a1b2c3d4 aaaaaaaa iloveyou iloveyou1 iloveyou2 sunshine princess football baseball basketball superman
spiderman starwars michelle jennifer computer internet trustno1 whatever jonathan charlotte elizabeth alexander samantha
danielle victoria nicholas benjamin butterfly chocolate strawberry liverpool chelsea1 arsenal1 manchester barcelona
welcome1 welcome123 admin123 admin1234 administrator changeme changeme1 letmein1 letmein123 default1 testtest test1234
test12345 guest123 secret123 master123 monkey123 dragon123 shadow123 hello123 helloworld killer123 pokemon1 pokemon123
minecraft corvette mercedes mustang1 hourglass hourglass1 teacher1 teacher123 student1 student123 school123 summer2024
winter2024 summer2025 winter2025 summer2026 winter2026 google123 facebook samsung1 midnight marlboro metallica slipknot
blink182 cocacola 5201314a woaini1314 qweasdzxc qweasd123 1234qwer qwer1234 asdasdasd 123456aa 123456789a a123456789
a12345678 1234abcd 12345qwert 123qweasd 123qwe123 lovelove babygirl babygirl1 fuckyou1 freedom1 jordan23`.split(/\s+/),
)
