// Signatures that Node made are verified; own ones verify, and deterministic ones are equal.
const crypto = require('crypto');

// Keys and what Node signed with them; they protect nothing.
const KEYS = {
  rsa: `-----BEGIN PRIVATE KEY-----
MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQDDnrdxlgp08o8x
s6LcRBApuYnmK/HJj6p9zj8rq23SE5bUBpuygm/85rT9eAMWvnwECuEMVV2skNfe
xmLJvMySsFQ6yZEHalCkljhL/xnfIRfSpwsOAeF6/re2jKpXbfMUSrMn4djJ3fUk
tH5fgfWndMuUh0wr0qH4OGkIg8Tlqo21p9rk46jdJfUCUU2W8+DipMQQq5voj8um
Gef+PFF20kCW43CI3ppqZtiF0WJiaka2TkmQLLchOfcjghI5Zf6KeMGJA1W11Geu
i/dnohqTqXhOAgDv1XPC9FYlyawD1L3oMT+eqshoVkKKi6trCz9ExmsD/2KGi3f5
PR13xIvLAgMBAAECggEAREJ7Z47AGlvTfLfesfasHysng+I8riVMDDcuUtowaZg9
TsH5jXo3gqusZy/7//E7DBwRuICHPeKS+SEHsraHOf5+fb79NPWzqyLiBR7Ak9wT
2IVCdcJRQF5mk7QU8ooiwqdoSZfk0lf5pTO4TzJlmmfGbA8kFLycmSVx/S8hwzO5
6wQuwp140QMlvCR6Te5zLv8pWhHrBnmGJY6xshk/nLRZ1RhzgGRuIgIFpW/IyrwJ
GfOuB3iEtQzmqj+kNBX4XDmE/I6oIsXfxeYyuckhVvXKCAxG/a5Pcvl43hMJJ+zv
QWHrRnfPG2ocj2vQetpNf6mPZGdaHT3n5JIvRdM9XQKBgQD3EsvQN9dSBh8i9oPM
rAFs6tEJ2nSWlle6tJTOT7pTsYWx2ig5vltgC0gQ1qujlvln59Z6n7yNt8nZQEZA
zS53c1O7W6PF1Y8rWCAslK8KfnkcoWi/YN7UmU4be/EW1+1wP3IveWZdCHuLodPR
ehvPjZCI2THkKlGwH7QLURgC5QKBgQDKsAXn4suynLQ7Ex2twhLGkRvPYLvlz13e
Uj9LaOEGLDLgiosgkmVJyAnSgnihx0uYPhWn3nK5KhqtqtUo9e89fvlxGwvgNra6
4F7VVIbVZogmjBeXKaw3aNIHdxX/l4O/y0pZHLgoawHVb5iDfBFbcWPennSPJp70
WQ/FDJz47wKBgQDvcWbWNpfU5RvdzVvzyapj/LlzPCQLIE6LIaCoxLmFjKBNuWeM
dn+ld6lysCiNFK5GVXcVRaL9EOVsRw8OlAp5Nuopw+jWvF3QmsorijiNCf6jkYWr
Gt042g3JMvd1tPNl+gbWHWfnt2XL75wRAa7cGYy+Iwdn4N9juYXKBeAoRQKBgDB0
IgVMN2vsgD17FWY7deeYOvC5bFHE3+jM+qqZWOnz2PnKxPW1aZdYxdhYLmRmU1EC
zoSB7iULxrLrmuee22F1IEaEs7MXAVntV15iRZVwXG3yoZUWdkAMw+Da/BxM6UcJ
Xy2sau3mntqaQfh0yWV11u0aLj0me2toexedK01rAoGAHXSvN0qZcIwhlLaDwXxP
IBBCBbtSWZ5UQRobLkmgqhdMkWolWGrYxogjIVUBeNYYwcT00aCxSpUMGbim2QBt
GSH2WSyTB7KU5fF1cNvTV/pmPZNy4c9Rb3V8sGGZcuFxSNaHIV3uFnAWippWYGpk
mn0b9TTQFuWg5fpaIidsO68=
-----END PRIVATE KEY-----
`,
  ec: `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgobnK5+VDx2eWVj2M
XhdcvMRrrQmq8iegV8qH41gWjx2hRANCAARmNZRe8rBLgnn3oKKiGneJ4ZGVESIF
ZELro9zuRzF0hyjUvtC3QnDN400wO5fufBRSDZAzHjDbRb0tlbZX9j7v
-----END PRIVATE KEY-----
`,
  ec384: `-----BEGIN PRIVATE KEY-----
MIG2AgEAMBAGByqGSM49AgEGBSuBBAAiBIGeMIGbAgEBBDBFSHHj3Qsh+Hyflne6
4e23xdZd39q6Uqgon5u0h54SNg2qZQzb1u4IUufdfLcsllShZANiAASj2yyawLe2
hilWYmgEebA03vQ639D38kiY33g3xT/qEJAXAnOS85XyJj7OOQV2tyeE6+LLG3Q5
OmbUn1b6t8T89rWCyJiIBHIlsYcIzRx/gQEtnnWfCymXEv+9dLL8rgE=
-----END PRIVATE KEY-----
`,
  ec521: `-----BEGIN PRIVATE KEY-----
MIHuAgEAMBAGByqGSM49AgEGBSuBBAAjBIHWMIHTAgEBBEIArf2INmogfhu1+VGB
GLVQ0HM7nloQO2w0qNqf/JlBA7WJTIgOPSCDPypBjVGMF1IDzGfa2kUkf0nY5zZW
ULaQSMGhgYkDgYYABAGi9DcWMmf+1m/sv6/O4ZLzTLv0D+NNLjpfGWyQ/675f4o/
a/8IaUkY+kKTdp0icoZfG8xr/GYwcs8wefJ8JEDG/wDUItpAYdU5Z9x2KuMW64tH
2hJt1AfYzPkbBBlOLYVVvp90mOcKyu56+qCM9O7fsVRkbIRVzrJEIETekUprBVuL
/w==
-----END PRIVATE KEY-----
`,
  ed25519: `-----BEGIN PRIVATE KEY-----
MC4CAQAwBQYDK2VwBCIEINmIGF+viM/CIYrFa4dHGDBqR457fKKdtHaVxVBG5c2t
-----END PRIVATE KEY-----
`,
  x25519: `-----BEGIN PRIVATE KEY-----
MC4CAQAwBQYDK2VuBCIEIID3sJsrsKT3DbSkdHzSioE7hcAl+GAgYlJ6T9+ZTup2
-----END PRIVATE KEY-----
`,
  rsaPss: `-----BEGIN PRIVATE KEY-----
MIIE8QIBADBBBgkqhkiG9w0BAQowNKAPMA0GCWCGSAFlAwQCAQUAoRwwGgYJKoZI
hvcNAQEIMA0GCWCGSAFlAwQCAQUAogMCASAEggSnMIIEowIBAAKCAQEAuuImT+K5
Dgb57Z517QtQI5LaIY4w5qRf440ji8W5+BXUzvJ74Ni1a34oHko5M9EMYfV72alg
FE/LZdviYPpIxewWimD3CuYgh3a2GHz/Tc14ItswUzuW/f5QpiWJ+RpFASQc3ysF
JxLg2RPZcGSCY3FvQe2/hMNYM7iDFMz7sijC88kaLFixd9Ss6fHgbre3wNgCq7f8
dmDZrXkl16seAH4WGIU13Je/CEGAgkG+DC417xIlD5wP5JQWYDKoL9eoO2ShZ6qW
2OekR4vGZb67Sh04fKX77FTV9YqhDsVtaC75oD4w29RTAwcNusf7yMAd/TcLR6XJ
xUKwJizU3XENjQIDAQABAoIBABdGpHPtrpO/LbC5PEHOV2he2Xk1bwTC80hxozw8
37k06uDtlZ0/EHV3bIK9RtubzVmEDC1jaZqOB6zDkrH2akrwaSxKAGrkl6eXkv2A
0AF+NljNCPtM4DT5UE0pPsJ+UZrfRxNKleU0djnDPaFAe3bsQWmqNWDRPbKPaBAW
qcCaGWzxl4VJu78KvvYDpCXX8FeqXP/YMPDqr4V5htjpVJ7l9k4tCnsNIHMYXhWf
qfhdvHk75dPB9MDhhHHdQV8LPIya+GkCyci0m06LjY98gDYvIX6tjffaFDOqx46G
8eauJZO7qSPyUCRCQWj4JsdEjw30uXfidnecyaWdFEPwc4ECgYEA7BmH0VSyBD3e
tVPAXyMTis9rUbEwXi/GKGelYkRFgMV7u7uR5YjM4kBDaPJH5P96uLTSTZoVRLrH
lZ89dKJOgsoOlKzrKMpmlj4TEpytZUjd6RV7pDDHs3ectmSC6prZWexjKHkGM+jQ
kOcLaq0nv3qe0l5AweQ/wXigvty8JE0CgYEAyqKl4d2uM+PmsXt8ELv/Dz006DvO
RR+NrcVQ6F3Oye5jDeFWlpfUud4H3yQIWasHzDtR25QUsePNz1pdBWCS1aEF2qzA
8RdaFgOca950j+Uip431tgs+OVEApiSjUJ4Rqv86nYNskHYkDnw3ZFr8G+ENETvx
rro5IpItC1q+LkECgYBECZ9wHZ4nRsUVMAtx3yPUjq14nz03B0Fth2DLjq0QzNg5
Y3ZJ1UBluusyJQ++2Di/Xax1HIAgjErTvU3yfItveVb2VVZ3LMyfY0gPxwLY+0Sn
1L8Ks9v4xfFtRk3L2c/k8BArK6Uz9FWWTF6n4TphHa8DJJI4zdPppx97oRS+yQKB
gGkF+bHiAnrUgOm2Faxas6yDTZub+6Gp4/WPkgqNLDNOwboc85LjqJaY9D174HQR
B96bVCbZTgyRBEeXDyVNU20zouQeq3WJY+CLCJSD3KgD2306P4KVuy9bw1lZHegX
tRKKbCfdSPRqtu9nBBKYcZhFgU9QYUftLtWzK3N6GZ3BAoGBAIeNbuUy/irepcIz
Xc2BDcPgCXge3jrAdaRurK8k08Lno4DK3bYP6o38hLdq3sxaT23bVv4glAGioWvX
EVf4HNVYyVApXKdkTL8FL0W7y0Icq1YvMiaEym0X3iPwgUfdlX5FDY7RSFUrbT9c
zfudCqnvU7hRhGvIhKUovteXMsCC
-----END PRIVATE KEY-----
`,
};

const SIGNED = {
  'rsa md5': 'L8tBXvY6cSHvw7OLQxRIFHGEn3zz6ssYIeDCKpjtuKdw8kYGgdejFvr7y3S4ZKDucNDmX4T2vAb00aV8NZWAYMQffsK2S3wJAeUn3JDCQ3BOsuFpaOkcRR72/o/dtUaDfI6IWFKU8jMowHbizUMv8BuJo+Z4I2qWXDW0xSBXB7XfTwALBc6LxnjmWhRkVAHdS8/aWbgUrte2duBXib3BF5I1G+xwhYuZ2UAyw/mqleJSLItToP4Bqx0cd8cgtT1VhmYpsdQvZABI40Ifq/CmShF4W6WLJ2ci5hw/TSzKEURRva+9t9rFGjPAHxnN0IRJWSbzVdpySlouhf+DD+C7xg==',
  'rsa sha1': 'G+SJ8Gz1xVbQ8uugPMUyvi+jjHOJkIGyKKYY8BF1fClmkDiI15K3EiTb1Pe/J16vbUgBW15Srr3a/DxcL5+0hrz2Oh+QOCgECeL2Gff8h+obt/NoKAdJnh/yc/cX9uAnFbgZiRFfrcpwx+XqiJS4y418Vxyb/v/uZVHSQDS7cPMzSYPHNfOzdf+Z6nvODsyDpaqW7vShu2X5NsGWxr1KA7bk2Ek9i6Y8luPpE+tx1cs3/Tvjt4wgG6ebU+iN2AXqNw9yrT/rRwzeLNmYdH5dLlRdV7fdPPGNzk5NVRhMo4HsJWKwsPrUXRKsit3lN8WqDO1ypgTzx6R10EQdaKcm8Q==',
  'rsa sha224': 'L7TgZPky2y5OVh794n7ryhOOveCvqgOSJfpsvvou7+qwyv0qX9cpmNj1rAxthQttqBaHrTOyyVEB9+SzCFeZADg899ZH5TWWiKGt5p+7jwZi/k5WyQWmB4py9hHqCfH1esCE2qJjZB+8IJgAbe4T+IbhUqQnqIQ1rOkNUxlxPQXhKAqJ5b1FkZNn6HjThNMae2KrXYFkQsoH8qlqnjNSZ2ixp3Ubra71sGORblnWPlc6gG0hamtm2Zax2ut85AMNJZYrPYbU2CMn1smxMMtQJTQZieWg7UPtoqDZycAvRply7vTUl5S+6tULhqv7Lhkl0ZbDfcn6MncjOGZWWd2ARQ==',
  'rsa sha256': 'naxXiqd6AH4MefEjg80dgeYYkfHIt0KRghjexk9F8LLGEr0w9q1HUzQ3iQwz+n2iInU9mykep48nsETGph+wSuAdFgPWC+wirAWBul/vdWccNQIykvNlzxF4IX1ApcGJMXrH7EFWwMORtkZegDxt6pr8pOXCNtc69pFzricYAChMVpn+Sx6+/vged0Wik5aVcEtSqMwtQx680srW8OFFUywkznqBamIlw2w5x9AK0V/RZ64tGtwvES+cZraqAM1rHhMYCudaDVsnX7+CoT+AKJVzP9PxNE4i3ReepRe2mUlstjqcrwBnCBNj0CSoCfVA9kSSxE8cx61edkxNcZEe1A==',
  'rsa sha384': 'Cc6ofpgzWHLgEb7ddDcQCKcwz2b+kEBMxZcq+imUBfKTAYtYxOzBAUZVn2RCHDU5uul+tyk9mNN9P20fxqdfFG2KVRC9ReVg9OXQpY0s9NJXHbmlWQVGBVW/5zl5ClMuGBLpc6C5zttn3IDKMc7q30HR4+Xpaz2rtINUCeEnUl5DoNGX2pU5ctB3Kmw0j6vaGIkdcpxV8zMRAbVQn/KLIUuwKaDXBJZ5SISucLG0ZZ0H76ANqNCA1FB7IbSUg8gWDnVS8JVJINcXbsTTrj+iuOs+xjmiNnCnPGsukvMnW3KipTi8mrIjts+v1lPK1WCaHNPNYrMLmBqiq1f5u0vLKA==',
  'rsa sha512': 'c6V/GRc0Jn+XcFyw0cEwk7Mqd93N2ZeWV9LpGpqru2NM+xY1cVUiuXF+wEMWkQ8+evhjYWtk9ahqP7EyeBHv0mBXIVB9fI2911bddfJxwzAQlcRsLyNb4VxV5Cd5RGh9HDvihnfEATwwDwi9U/wiNESjLFID0FqG4gaQHL5eZ8FsGdmAuv6pOtuhqblmZYsDv9wj3/H8myGS9aYHiWu8OE6QzV1cni0wKun7pGc98ZhhN5m5Zc+We5hzPevNE4bSedJ7tcEzlhP/ccIjhsMze5cKnvNNjrRvyiLV5Nej6mGWW7foJmKNAHyyDhbY22BwOyvJFh1VdO0UkgFubaTXLA==',
  'rsa ripemd160': 'wH7qU4sLIFfTeg0dIAUP+dcfIPhNuVsO1LrqDnGXIqa3GbuJcaCGMncOFWvfDbzoUep38kZynegyeBpabcAi5+zsqx1zh8B08cj+QiCOaOHEUzMwkDZPT+xnmtBNo1A+M6hLO3LBGfuU5mYHEzdtMkHXUF5QjymRDdxEKg7uCHm5Oi2dGk/2kqME8aQsqCjaYk4MSY4A/4pbYyXJX7JS7pqd2NlLWXjpQ+Occ3rF1BSYra+S8l21KAyCkVupYFqdYFJuxkTqdAMtXGt3dH/HLa8mg23v64FABp0IOfz4xnRQxsiHheD70cEinxvVk7gZMqTqDuKkiNuBObVOwae6aA==',
  'rsa sha3-256': 'qwDWB0YyI7ft2u0CbqkVjwtFIKfz0ORBpE0w3YxqJGVR/2JwABhJpiDqZn+1DkSsIKLauhtHUpKdnBIo8EJ6flACoCIlyFo7YvCQ8wziuvULtd9wwQBYeakzEVgNaFyH/bmOy/FvEH1fI1h3qMHNr9rfPZFvpA9u5TAYRlc72UnxuSnx4GftYvzTcXVbKWZQFqnNjkYZ8ZnA6zwZ0XS+GSd4Bi78tL+Uy3ZoBXS8VwZr0fOeDDXxAZhZPuLi/K23voqu4z0R5jSiJ7CV4Ucbl9b5sux5ADHA8p4d1VAsIo2AVu0fAi9PistyQZgBinZPRy1+wHUt/XZS0lZxvfKYpA==',
  'rsa sha512-256': 'BULTuWnLCs75jVJSEtetFPJzdt8yzP8rnD07cnKTIFe8y2CofazsZlDj3WrXH8OKf7bfEbZNPmaWFIStbqqrrIhoLu0v3AB8O8tk+beWdBN3DUpDAEN20jPwG8xTb1gbwjD+PQN1Q0uSddWWaesK5ob1On3TZjcAP6ygYh0ws2gND3d3KGdKeUL7oilwD6R3sHe/OfTxslLYkpii5oS5fItMHWp3ApYaIAzTlxm8+SpRryQ++rAdG6B9UcsoY2Ql4zWtwpN1bvApwMGUCd2+0QddumXDlqNT113tsraAhN+AswtDtAck3j4HAK/yX7QptgNcZdjdmbj1JWvpGGcqDA==',
  'pss sha256': 'iuTi1jJCQ0ZzDaQX0tFoPtStU4Pjqrbtn0hfmSAAnBot2eaWknuyzCb7SDPNoYLIXc8vOC+vZi7AEBwD3G4nUr7+MO7fo0KOICfN/jjXZoPDU2cQZ9fQY9dyy3jZEIlPTwRUVttDTA10TpL7nNj4QUARrsYQxb3nF+KFExtL81nLmU2fK9STEqvJnckq12/hopXzeBz2lqQlitbiQSDlWKHByE8+cNBsVxvWvGFEwqN0Hsg71o4cVCmP5B9+HOZQr8RXW/vJHuucucnjJlnXKJbqT/Y4Lgoket/kBIusjyNO5kc/fOS4R4Mk7zhtSPNBTNL+OklG2wJwo6X+Jodh9A==',
  'pss sha256 digest': 'hevTGwMKRZ5zMfdS/TzNGYV+sOZ8QlrFvStjdjIokV4Vw4+jDOWQPPUZWqi9BOVykeX9SFUTCvudcf/wyf4SNAVoo0M8q+qsqhQdI5952YjhiBLk5zYey48KOAqAHmxQ9G9jmuYtmxnkJLxCOImtVN7UQY+X536MAHLtypkF2+KA5ZyzPcNLwp+y827WKkwEyJtJvuWZe3DkubL43oCbqvWy4/BoplbuPrEtcBRMzvgNx6uhwUVpG7yAzmzSDrLV7/cB0nSjrumoFGTydAnAOyl1jJRomX6Z5z3SlslCfSmUSdqoAddOUiNDHyvK/m3+Ic+C7knXNhkdvg8P9XCg0A==',
  'pss sha512 10': 'NrPaLihpBYPhpJwN5boJN73qkMdP7CrvVyQ59IYEmSqHBUwfH6iy9Wl22BgHRyMVhiHj2xP4s7a0pmt0SNmUV+uS+7NxRpm9eVc7CsF9I6XYOyyXKNz3MjTS+zXRcRsHgfIm6DwNIa11HxV4U2vsB2gE2QvClFjWovE4T/EgKDL7BbRgVOS/NGQJZuiuvVOB6N3IFvRBd6g0QUAMQJBz0tyaWsgEtP7PrPgnDOQVB4HmroQ52zvUDwgaFgPUKRKFub+qk2R1q7841ojWJZkQpvPknL3DIkDPDwCbVy59DF4KjIM9j1bBFHWjdPvn2jiEZF8ZwOSCunmN+a/E5qVMVA==',
  'pss sha256 0': 'HQ3n9iXLfHFYGo9DcS6aR4gDNdItLaDZScd8EjgPClN5JaDwl5kQ8Cox+5YMmijPKCrCI4WQlGXlt2sHwXQt3NiOdSndHyVXFkGhbbbCgsZmxYC5YPKeUh+clVm0d+EAUD7s+hIEPop66vodTW0NVpZst7k3DZv/q1dSft0pewAulu+anVYhcskWt5SCYPuK4QrHYF6IfTCyUJo8ykodn8j/SVgG1SVAVytZAy/Sb4aeO30LEYwGd3ZkS7My4rDBTiS+FOnAoO4Cwcrcnp0wyhhaw4ZIjYjGd0fzBqkbLxsP2y8g9NQAaSAvGWJTXkNpNwn6b0wXkvtjoEfj/WywIg==',
  'pss key': 'dRuOs5vWFzYJDjhSz6AFJZcQeZsOxYIcR8wfz8saJcvIa8T7MjFuXZJM0QhQBAj7BOCJdVVEoE++4X85mlyR6z3k8TfZ12ei8fg3D/pkC8z3oupLE4Zg/WZr+D3HEQPlxpfVLWpfy4BmWGyP1xDOMl99OKwg+f7t+u1p1b8dnyL88ICUzp5GrQJrO61O5R7+yVypHjyEuqVYuUKezcnQGndB662KdyzViwS7HAXMj53yOId5P405pGbB9++E4LsM6CK2TLm8Eq7B7QfehJVw8/bAskw3xemLYG+tAseeFQuuFm7i4CJ3OuDrxX8URbZu+n1T6QUYLWqvhs5itlcnig==',
  'ec sha256 der': 'MEUCIFFGm/yOBDYOla436NLdadHIRiFgnzQhKG5aeNbpsMngAiEAj909PlfZbChoglZzEhveSQ2pa4as3L9L06p578wea0M=',
  'ec sha256 ieee-p1363': 'QZj7HXj814x5gr4xD3dbBCZLo+iyQbTUiPmlReSys8yPaWDR8IHvL3oDObBf5X1DoxmPyOD1sINau51t5O6BFA==',
  'ec384 sha256 der': 'MGUCMQC/4bPXZjP77nRxuU/3Kr+3RufYOwQw+ltYgewjAJbhylu6TJnCffodfY/KDwTNY2ECMADew4cfOkhi7H7JTjR86o3BNpCg1AT34B1tDIS7qhzKRGwFV0G6ai/Nsa/kM9eoMg==',
  'ec384 sha256 ieee-p1363': 'mVqGiFq9WyHnULdZCNaUo+9qf4GCh7myKlssbakZfmYPM+rP89oH1deeFG65NP6GLwWm+nF2Ux+cpfnAM+T3yD8AGZ80JjVJJIiYblkLTuHv/styVABuEmbCMukV5cLs',
  'ec521 sha256 der': 'MIGIAkIBRz5ExCVQglsShm7ui+kweWyySPRlTNPfgZaX8q320y77idR0T2AvXiCM9lA9gBXLSwkQcCumX2C4yz9tFwdx/OQCQgHGPTssH1BCyUvHPDCXBtD+gv5JaDUCKI7FSd189NHiprODJrBx3rY5ZkMHo0v168QkOIiUO6Wlk4G6c/rgeWmR8A==',
  'ec521 sha256 ieee-p1363': 'AM7Zyh/mZBmfs7+/ylySZ013dCiMc3EJyQS38m+yJSk80/g40r8rfT+K1Z0Uq1uwcWCYMbWRQbvZz/0r/0Kvif+jAFVxRln8foq4YnIf2QiB8QUJWf226iXd/Xi3RC2UcUH6NnTpi2/j3rIe//2Ela/XGrgeCZdyyesS8QKT8LXSUu3A',
  'ec sha512 der': 'MEYCIQCKHgEEXRo86ioWl4QJi43+6K2sv84KQQuImttFigsKGQIhAIYjlraXXirultvn4dPJaoiBnJzFbiZjWxsGJY/B1vK/',
  ed25519: 'RdAcY98G9cWse2LuSWN1pgEK5DANzRh5v2AICkGbAhAf1jaxLcRJc5xTRgSCbAN4OaRajlMOc/XqyA/E3lNYDQ==',
};

const ENCRYPTED = {
  oaep: 'XA9TirKLnm4UUqMXJoAbes609Jp3ABmfcOGEEVwo15QE9aO97oYlKCZmNSOOLKFba6IZa9slUZe2A9quG4U1dvSsUjR0Ou0HmkuGffYv1h+PHEMksEQWmMfDHD1fNqsVzk+VufqwKbRpe980XEGB4HSPJSWgWCr/qph/H9Cfvj/xlrNY5rBfl6RXaawP5VKravxP0U2w7PYDMu0hDXHb2u2x1oVVdQgoUPgfJtIRcU+c0zQdfAStDAYUPAl6l0H+3XtXMR2c17QQi5RQTGoxnPqJ9or0KEoyp2dFoFwqQAAvAK9S8evW0c64vsmSETcQ1PrfHMKO9OVTFbUh5qeUsg==',
  oaep256: 'KCXSINMbKPW5CGsl8XbHYF8LVJJmNsPob7ghA71uaQyFTzHPHPlI37euwnEvQImsNsKwi9tQ+D5i7BRMeTv1AdrxYlfkoK/dOlAVvQGnwtyHegLhVWrrOpT10Xpk1n6ZxxF0HuSbtP9eFa7owPCisyn17pDWxZChwKPXxxasjTtVkhYjwHYETAoUiGaNWFDXjmVVfRS0O7f/viiNQbz/ReB1J11czytgfgiO2LoblJTQL8qB5AvWNiX4KU9vrPM5vuLKj+LU/FSN8JxRKaBLrunI06Ndn4jU2pkZjO3mKMmFmhxPgPm1fJTjFQ/hvjJVTtH3CSS4hHJHt1Zx4FyHHw==',
  privateEncrypt: 't4314u9wb5OGMFBhUK5fGEaBfFrbnxAotMKaghEtMaf/r+9IHFYYtljg5dAknwWGPbC9XHrF2shpzt2voacFh65MttQjbiZ3dKzXuTxadKIKJvqk4D0/FQyLnnNdB3MsTg5hcWgxA3thQJlKXe3H1/0gh13YzlFdmnxyS0z5cscE4hSp9TmtuKpOulQHtN0rDVe9WDjg7Dqlr3nAxsL/2M8jIc9GfZ3W+yb9oJkKDU636TyKvVYPPTwb9RfNIUmMhWitRDtSHcBtr2bdCS9AuLqNJRXg3fdIvpbrZyB+jkpUgE8UfHeGwP0YPYgxd5dfWnHH9IrPY5KgUp/CGvs8bQ==',
};

const t = (name, f) => {
  try {
    const v = f();
    return [name, Buffer.isBuffer(v) ? v.toString('hex') : v];
  } catch (e) {
    return [name, { name: e.name, code: e.code, message: e.message, reason: e.reason, library: e.library }];
  }
};


const DATA = Buffer.from('signed data');
const PSS = crypto.constants.RSA_PKCS1_PSS_PADDING;

// options gives key, algorithm and options of a fixture's name.
function options(name) {
  const [key, algorithm, extra] = name.split(' ');
  if (key === 'pss') {
    if (algorithm === 'key') return { key: KEYS.rsaPss, algorithm: 'sha256' };
    const saltLength = { digest: crypto.constants.RSA_PSS_SALTLEN_DIGEST, 10: 10, 0: 0 }[extra];
    return { key: KEYS.rsa, algorithm, padding: PSS, ...(saltLength === undefined ? {} : { saltLength }) };
  }
  if (key === 'ed25519') return { key: KEYS.ed25519, algorithm: null };
  return { key: KEYS[key], algorithm, ...(extra ? { dsaEncoding: extra } : {}) };
}

exports.main = async () => {
  // OpenSSL keeps errors that nobody asked for; this takes what other cases left.
  try {
    crypto.createPrivateKey('garbage');
  } catch {
    // as meant
  }
  const out = [];
  for (const [name, signature] of Object.entries(SIGNED)) {
    const { algorithm, ...key } = options(name);
    const bytes = Buffer.from(signature, 'base64');
    const bad = Buffer.from(bytes);
    bad[bad.length - 1] ^= 1;
    out.push(t('verify ' + name, () => [crypto.verify(algorithm, DATA, key, bytes), crypto.verify(algorithm, DATA, key, bad), crypto.verify(algorithm, Buffer.from('other'), key, bytes), crypto.verify(algorithm, DATA, key, Buffer.alloc(3))]));
    out.push(t('sign ' + name, () => {
      const own = crypto.sign(algorithm, DATA, key);
      return [own.equals(bytes) || !/^rsa|ed|pss sha256 0/.test(name), crypto.verify(algorithm, DATA, key, own)];
    }));
    if (algorithm) {
      out.push(t('stream ' + name, () => {
        const v = crypto.createVerify(algorithm);
        v.update('signed ');
        v.write('data');
        v.end();
        const s = crypto.createSign(algorithm).update('signed data').sign(key, 'base64');
        return [v.verify(key, signature, 'base64'), crypto.verify(algorithm, DATA, key, Buffer.from(s, 'base64'))];
      }));
    }
    out.push([name, await new Promise((r) => crypto.verify(algorithm, DATA, key, bytes, (e, ok) => r([e, ok])))]);
  }
  const rsa = crypto.createPrivateKey(KEYS.rsa);
  const rsaPublic = crypto.createPublicKey(KEYS.rsa);
  const ec = crypto.createPrivateKey(KEYS.ec);
  const ed = crypto.createPrivateKey(KEYS.ed25519);
  const cases = {
    'names of hashes': () => crypto.createSign('RSA-SHA256').update('a').sign(rsa).equals(crypto.createSign('sha256').update('a').sign(rsa)),
    'verify with another salt length': () => crypto.verify('sha256', DATA, { key: rsa, padding: PSS, saltLength: 11 }, Buffer.from(SIGNED['pss sha256'], 'base64')),
    'verify digest salt': () => crypto.verify('sha256', DATA, { key: rsa, padding: PSS, saltLength: 32 }, Buffer.from(SIGNED['pss sha256 digest'], 'base64')),
    'salt too long': () => crypto.sign('sha256', DATA, { key: rsa, padding: PSS, saltLength: 5000 }),
    'unknown hash': () => crypto.createSign('nope'),
    'unknown hash to verify': () => crypto.createVerify('nope'),
    'unknown hash at once': () => crypto.sign('nope', DATA, rsa),
    'hash for ed25519': () => crypto.sign('sha256', DATA, ed),
    'default hash': () => crypto.verify('sha256', DATA, rsaPublic, crypto.sign(undefined, DATA, rsa)),
    'ec default hash': () => crypto.verify('sha256', DATA, ec, crypto.sign(null, DATA, ec)),
    'no key': () => crypto.createSign('sha256').sign(),
    'garbage key': () => crypto.createSign('sha256').sign('garbage'),
    'garbage key to verify': () => crypto.createVerify('sha256').verify('garbage', 'abc'),
    'secret key': () => crypto.createSign('sha256').sign(crypto.createSecretKey(Buffer.alloc(4))),
    'secret key to verify': () => crypto.createVerify('sha256').verify(crypto.createSecretKey(Buffer.alloc(4)), 'a'),
    'public key': () => crypto.createSign('sha256').sign(rsaPublic),
    'public pem': () => crypto.createSign('sha256').sign(rsaPublic.export({ type: 'spki', format: 'pem' })),
    'dsa encoding': () => crypto.sign('sha256', DATA, { key: ec, dsaEncoding: 'x' }),
    padding: () => crypto.sign('sha256', DATA, { key: rsa, padding: 'x' }),
    'signature type': () => crypto.verify('sha256', DATA, rsa, 1),
    'data type': () => crypto.sign('sha256', 1, rsa),
    'update type': () => crypto.createSign('sha256').update(1),
    'verify private pem': () => crypto.createVerify('RSA-SHA256').update(DATA).verify(KEYS.rsa, SIGNED['rsa sha256'], 'base64'),
    'x25519 cannot sign': () => crypto.sign(null, DATA, KEYS.x25519).length,
    'p1363 length': () => crypto.sign('sha256', DATA, { key: KEYS.ec521, dsaEncoding: 'ieee-p1363' }).length,
    oaep: () => crypto.privateDecrypt(KEYS.rsa, Buffer.from(ENCRYPTED.oaep, 'base64')).toString(),
    'oaep sha256': () => crypto.privateDecrypt({ key: KEYS.rsa, oaepHash: 'sha256', oaepLabel: Buffer.from('label') }, Buffer.from(ENCRYPTED.oaep256, 'base64')).toString(),
    'oaep own': () => crypto.privateDecrypt(rsa, crypto.publicEncrypt(rsaPublic, DATA)).toString(),
    'oaep wrong hash': () => crypto.privateDecrypt({ key: rsa, oaepHash: 'sha256' }, Buffer.from(ENCRYPTED.oaep, 'base64')),
    'oaep unknown hash': () => crypto.publicEncrypt({ key: rsaPublic, oaepHash: 'nope' }, DATA),
    'oaep garbage': () => crypto.privateDecrypt(rsa, Buffer.alloc(256, 1)),
    'oaep short': () => crypto.privateDecrypt(rsa, Buffer.alloc(12, 1)),
    'pkcs1 decrypt': () => crypto.privateDecrypt({ key: rsa, padding: crypto.constants.RSA_PKCS1_PADDING }, Buffer.alloc(256, 1)),
    'pkcs1 encrypt': () => crypto.publicEncrypt({ key: rsaPublic, padding: crypto.constants.RSA_PKCS1_PADDING }, DATA).length,
    'too long': () => crypto.publicEncrypt(rsaPublic, Buffer.alloc(256, 1)),
    'private encrypt': () => crypto.privateEncrypt(rsa, DATA).toString('base64') === ENCRYPTED.privateEncrypt,
    'public decrypt': () => crypto.publicDecrypt(rsaPublic, Buffer.from(ENCRYPTED.privateEncrypt, 'base64')).toString(),
    'public decrypt garbage': () => crypto.publicDecrypt(rsaPublic, Buffer.alloc(256, 1)),
    'no padding': () => crypto.privateDecrypt({ key: rsa, padding: 3 }, crypto.publicEncrypt({ key: rsaPublic, padding: 3 }, Buffer.alloc(256, 7))),
    'no padding short': () => crypto.publicEncrypt({ key: rsaPublic, padding: 3 }, Buffer.alloc(25, 7)),
    'ec cannot encrypt': () => crypto.publicEncrypt(ec, DATA),
    'text in': () => crypto.privateDecrypt(rsa, crypto.publicEncrypt(rsaPublic, 'text')).toString(),
    'without new': () => [crypto.Sign('sha256') instanceof crypto.Sign, crypto.Verify('sha256') instanceof crypto.Verify, crypto.createSign('sha256') instanceof require('stream').Writable],
  };
  for (const [name, f] of Object.entries(cases)) out.push(t(name, f));
  return out;
};
