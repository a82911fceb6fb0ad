// Keys in all their forms, in and out.
const crypto = require('crypto');

// They protect nothing.
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

const FORMS = {
  rsaPkcs1: `-----BEGIN RSA PRIVATE KEY-----
MIIEowIBAAKCAQEAw563cZYKdPKPMbOi3EQQKbmJ5ivxyY+qfc4/K6tt0hOW1Aab
soJv/Oa0/XgDFr58BArhDFVdrJDX3sZiybzMkrBUOsmRB2pQpJY4S/8Z3yEX0qcL
DgHhev63toyqV23zFEqzJ+HYyd31JLR+X4H1p3TLlIdMK9Kh+DhpCIPE5aqNtafa
5OOo3SX1AlFNlvPg4qTEEKub6I/Lphnn/jxRdtJAluNwiN6aambYhdFiYmpGtk5J
kCy3ITn3I4ISOWX+injBiQNVtdRnrov3Z6Iak6l4TgIA79VzwvRWJcmsA9S96DE/
nqrIaFZCiouraws/RMZrA/9ihot3+T0dd8SLywIDAQABAoIBAERCe2eOwBpb03y3
3rH2rB8rJ4PiPK4lTAw3LlLaMGmYPU7B+Y16N4KrrGcv+//xOwwcEbiAhz3ikvkh
B7K2hzn+fn2+/TT1s6si4gUewJPcE9iFQnXCUUBeZpO0FPKKIsKnaEmX5NJX+aUz
uE8yZZpnxmwPJBS8nJklcf0vIcMzuesELsKdeNEDJbwkek3ucy7/KVoR6wZ5hiWO
sbIZP5y0WdUYc4BkbiICBaVvyMq8CRnzrgd4hLUM5qo/pDQV+Fw5hPyOqCLF38Xm
MrnJIVb1yggMRv2uT3L5eN4TCSfs70Fh60Z3zxtqHI9r0HraTX+pj2RnWh095+SS
L0XTPV0CgYEA9xLL0DfXUgYfIvaDzKwBbOrRCdp0lpZXurSUzk+6U7GFsdooOb5b
YAtIENaro5b5Z+fWep+8jbfJ2UBGQM0ud3NTu1ujxdWPK1ggLJSvCn55HKFov2De
1JlOG3vxFtftcD9yL3lmXQh7i6HT0Xobz42QiNkx5CpRsB+0C1EYAuUCgYEAyrAF
5+LLspy0OxMdrcISxpEbz2C75c9d3lI/S2jhBiwy4IqLIJJlScgJ0oJ4ocdLmD4V
p95yuSoararVKPXvPX75cRsL4Da2uuBe1VSG1WaIJowXlymsN2jSB3cV/5eDv8tK
WRy4KGsB1W+Yg3wRW3Fj3p50jyae9FkPxQyc+O8CgYEA73Fm1jaX1OUb3c1b88mq
Y/y5czwkCyBOiyGgqMS5hYygTblnjHZ/pXepcrAojRSuRlV3FUWi/RDlbEcPDpQK
eTbqKcPo1rxd0JrKK4o4jQn+o5GFqxrdONoNyTL3dbTzZfoG1h1n57dly++cEQGu
3BmMviMHZ+DfY7mFygXgKEUCgYAwdCIFTDdr7IA9exVmO3XnmDrwuWxRxN/ozPqq
mVjp89j5ysT1tWmXWMXYWC5kZlNRAs6Ege4lC8ay65rnntthdSBGhLOzFwFZ7Vde
YkWVcFxt8qGVFnZADMPg2vwcTOlHCV8trGrt5p7amkH4dMllddbtGi49JntraHsX
nStNawKBgB10rzdKmXCMIZS2g8F8TyAQQgW7UlmeVEEaGy5JoKoXTJFqJVhq2MaI
IyFVAXjWGMHE9NGgsUqVDBm4ptkAbRkh9lkskweylOXxdXDb01f6Zj2TcuHPUW91
fLBhmXLhcUjWhyFd7hZwFoqaVmBqZJp9G/U00BbloOX6WiInbDuv
-----END RSA PRIVATE KEY-----
`,
  rsaEncrypted: `-----BEGIN ENCRYPTED PRIVATE KEY-----
MIIFLTBXBgkqhkiG9w0BBQ0wSjApBgkqhkiG9w0BBQwwHAQIzBgqISJAOjECAggA
MAwGCCqGSIb3DQIJBQAwHQYJYIZIAWUDBAEqBBDfzO/qvuUJq8ajAgFGaH2GBIIE
0DRjtbyJ+3C26H/dlhqgMpDhlezcib4EgOfYobMmlOGik/zdT2BESTkpEk0mSMHJ
5/KQrIrq7HZzHrDFUuDg9W+GVaUh6QI6fjG/pvvjbTqkn9w0BcBbnn2aLSJf2PX4
4s6Km8+4ZX/ug5tyit0xyEIVwMLJ3sFEBuOCp1UeIgoJsbOiFXMtPjzzELmcKAeS
UyeaJNo5THy86LDSkESE5qbxadPbvSSD3ooZG12AdINocrWLZ9TgHhVB2yAD+ntG
JsnoxTyvrkav/Qr1Op8FLEqMx7efTANqsK4FbNlU+Jmpmc2gbnqJ+FliqipaUIbF
bu2iSb0rcGq3PR77QzDpgpUgKKt2/YNxPDJ03iQg0lbOCaiuoX8nsqoJMcUQODBx
1xjtVrX444Bnl5bTYc9PlChW9Dh5H0rlba1LPgMJMDxrwu6q2mG+SMK8HiaXSMAe
pEc18U6KBn4HCDlqH53y7yYw26J2FiW1reg1OPPhdru4n4HazeHbQZdMVgvTrTpd
U4W7us7RXHXAeEGloqQ2lfuMO1YMf7QWu4yTQWDiA7bqKUj618Ol2fVVGRec2HUf
96o11HdKauIQJeGIpOjLXA/nErOqdbE3hQ34o60YELNRu7r4EGyzZsrFXAVomYo6
S/yo/9RCfEeLj4HKUDcmVqkgcwr0HBvLQW9GEr1LCw3nkqYLrfVGXCM6rqYZOu6g
7F9zPSP9zgQ4e8ZZ/IGj6qy/aj1k4WhVJKg/CChhaKr/05eM5kbnhVE1UF8rHLB1
BX9g9zPIgRsF4HLXN1NuRbemNq3cmIOtNB8XTbYXTBSle1s6owHgklMocfDGwdNq
NWqQPbgABU5UUyFBQVtSyskf6QCJtRUUbMhXb+UT+R+pglH4pz/+ApzgqAbwjK59
w3koQiHoNE6xDA/AXIs1rQKGG65Go11coVjT/9Wl2d70iFncXNrfTG8A/A8xNBK4
e4Xua9NIyDMEBteSjuVE4BC+2FQ+16lErsev/azsYv85IKpPNT7Vh03+sMRAYDd4
t9g2UhgLgDaenC6C2zjrl6iCwtuASO6IMEym+W9nNjAx526ys5COMSBSsyg1vCX6
8Ra/pxkGwtJJwTGLlYXugIBCTk5AvgpH9NKIxLBFfQlJIKxTS5rlp+szQkUyNQm+
s4pqWaUQ4hkZBB927FF3meekTXCdAmjjEwu9ZonCS34v0ELng/kGJiiY7ugYhkbp
IxHb7kbF635A6qlehYTPlrlhioyR64ERd6jfnBNUFRD89dv3srBmlo6xYcJ8lgpN
ezOpNSs2ScU+E5iCSM4tkKAk92Uq6XtaWu8sTOZp46KbPCwTNdDU1ld5Gv7w6b9Z
Qm9Lm7jyn7s/SGW0f5xe3OzTaHVBEjlpzkd1GedHm2+5fyeJz6K0gUK/m8VCc77V
iyIwttPlgxSbeKhg5HJ4GXkwnlfSFatVDh/0UtkBEYCs9w8MGiQkhTtQML6zyUr6
Nbgw3JUZ9NKej5UtNtoz1EjN5mu2VCeknjjUR8mAhQ1/hSEAneRMVDtRcvyszGM0
z/26MLEBC4AjWvxTgaEG1kSCCW4iHp52R1oWdU2JdgmDTNP+Ih/0dYXgDeBOkYky
TjBEuT8jr+ipUYAORDLUJZuFZ7jSLRUVJSc28RKrXhEd
-----END ENCRYPTED PRIVATE KEY-----
`,
  rsaOldEncrypted: `-----BEGIN RSA PRIVATE KEY-----
Proc-Type: 4,ENCRYPTED
DEK-Info: AES-128-CBC,D5A419F9DC920605FBDDA3992770A22D

bl4qTrLlPmXg2/shdvhOxW9cx9otU3UteP5wpbePLXO958299kO0AMIOlSNnUP2P
t+181ro7Ctg3Y7S0E0LnNLkQfOBoV9JCpR/WAduTwydRogeRFXJJefiJUWIiKgC5
iPbOg7HWR2Wh227lJLHOXXjdLPDW/RgrTwfxnAnMX28cib23Q2Kw/BWwvx3W2djC
qHqvDgEx2PiLenYM63N767iB/l5zAMMOjwx71CaZ4WPo3y1NdCC5HFjrV+H9OMYf
+nIeaovyyICpKfkUA0MrSQQdHyQrU2zGl1DxIllAovJ2jib+NZ3ze9oclyMHwHzI
yCU7Nq+n3ifmT4sxviQUcUVf/0iTtAT6ojVKbOyjlj/6Ghn2EfAzFcAbOEYUO7lr
YMvJPIXF8fgOR/H2BvaPI6kgNXgjfuyB37zi7aCLz5OJLddkXUElLfn/+bP61zGp
scUtSSdj6D3cPnWmBnnWC0AjEOhMiZXI9+dYs4dNnCnksMqahESKaIwmepcAl3AJ
5JaQw5C/IVgk746dtkGNqi9V5beefv0L61d6Uxfs9Vrx10jq7ZugrRyV/RsCTTI+
Md8tyKjKt9F9rge3OzilhQT73Lu4GL2CBDX/lndZNml/YCO5kXocKMgzAVZy736w
WyVybQQnVRwD/O33AqfoT7I6kVUYVEN+b4aMGfuiw75nhUICoTNU8eIo0NEGpiec
Ibe1hVi5Lxb7GO5atX2y7vkplDKfHMjZzBR8btb9WsUzOyioGNlFP0zEKE0Zs6il
VupngmVUQHJocrZRFMN3WMCHFndaJHyhNn16+fTJ87K73IM9+G9Yb7UmKhRex67B
qREzDnzqC19e3UGbremdQg8rKzqQ0bJI5uKF/i6v/uRg4Tn+myr3AbJimJvxxbJ/
Uy/ij2I1e35/Mn0bujogBTwyMS6hG4opR2z7Rqpfoz+UCdIEy+8QglANiKQgAEI8
70nK5+c9oXvTS+xiKcbuuB33xG4h3vLxSU4Eb4ux+9dnN6Btw1OhDF1Iw+tzCHR8
FFXJMQOo7JKPzEVmW3clyOhE27z5mD7mO40V3QUsKq57icaObNT6mUHfnVCQQszB
6a4e9hagFp83jz8tWlDQGzppPZiBIqjmwnDF/RP94KRe+67iLfddMpDvvpXYiJDz
nueIiybXvLqZC6C77VkEOvnm76qpODszkm3vqt1BBnQnh/HnPOKzx0rBquh8cwnt
YJAXHaYFCg3FgRpAbId4oPEjo7ZztlqP4sOCJ0xhwbfBkksDIgh6eG0lWOMWJEnu
fUnUeJbimWl9sO6wn+ZQLdD06tQOkEY7dki5yKdIGop8yt16aOYl7qYKV/uiXhk+
ZbNo3vtYF6JCWz0FZV3dp5u7fAY5hxxw1j8C97qBelbf1FGU8u+aFnZAuHxaXmZ9
Fpqbhbcq5E0V3l4X4O+N9g+ZAnn9b1T5nkmoNerhtHBJ69TNivde5qaqfd50RpPX
9+x3pGfmrFO8JVOiidBOuJMq7FiDb1Ha3TIX+0MiAbqCy9KFtGtqao2UA2zCJKWY
vJTj4aFk3t1eqD0v6elrpL5+cs/4qPhniAu62JnGaey78UP6MPqCQ5xCI8J05ty4
-----END RSA PRIVATE KEY-----
`,
  rsaOld3DES: `-----BEGIN RSA PRIVATE KEY-----
Proc-Type: 4,ENCRYPTED
DEK-Info: DES-EDE3-CBC,A1D92681E8057E11

M9vD7atpnPRZkzHraJrNSmJkI05lyxqF6oAOU2bo6jKXQZcloioPzc0Yl+Mdu2c5
9QJNEMty+vDYbDqYkPyWgGIUPcDKMd1f6GGBK/FsIO1tojVJYP2PI/+8rON2osCt
V3VHmfVt8tb73G06vBdiMU0CEFtgPFk7FGP3WXCGJW/8Bia/o9IicQw/LUbkezFJ
NrGlDvdZfV1AFLqygqqc5wFEwYX9eyzobhWYoF8qBJVFZAOLU27QLVBotYfwTDzK
8PJe44zXvgN4gsPtQWJkQGAnvteNlTuvbTAVyvhHunDWSt4Mo0f4sTc1y3+LQVrl
2oZkJvDi30MggjviOnWb/FCFMZOvxpjbTc7bxxvp0xbTRX1wSQqtZr2qYFlrJLV8
VP914+Iw1SX9V3gVsRBXDawLShTnef6DfhXUjM290Y7s5/dToVQnoQ2u1j2+KPPE
uXQ29SijdcSP9JzbDHMxLTd1NbyhHvZkprfyDgj9MvL0FFdAWu8updaVNHkCJjJ/
k/Fx/rIja/mOXvcpvnPxCWj3EDEWwNKeIEqsIhQED0HR6DGyp5AeGmzYb/kyMfRi
hAMOK9pUZ8oBDODirJhniWSTHCrhioJLEjWyZVA6xsw8jQoKR4VIDx7nt0QSSVTc
dIhAgvfbRb0XsEBTxUC4pmaIJGNbOIYStuDQgID+3Mp4iGETEp+z89gafZfn3m4p
KnWxiYXFGR7rCK9ydzugGGTujtK64LGKyO2Lu9drg7hdArLhAx8IiC2L+5KiIE6A
1IP+Fe0weMSnWBJ2u+U5b0yuXQhHPigLYi04ckn3XRVpOwldWtoKtnNxU54rGjQE
6khuUqDVqKshInehb0lrN1MuojQFci/3WUeNVSPGy43z9but0AWQgZj9zVK/9i2n
w+VSindV2Ju8myIVq05e/+K+2puFsi0iWV3Zt/Vm/kBRqZV6QTT+kGXkS6JaNayW
mF+PSyRisw3q31daoDTmOE8+/Teil1HZsmcq3rhTRP2arTvJFKK/G1RCS3XQqCWu
189/vdGaO4uzT2GmlLnfuCEShgunfnyoW2Ily3xe5PH/oods8EYpaWhFGJaSCcoa
NEIt3Z8qKKsY9d9Ay+JxuT+Ghic8AkY4K7T9jCA77D2QPaXIqAImebSpDbdZPpSu
PDpW6z9YS6kerNjItpIa68wsnL1csYbFdfSmnKlKBdOJHeoQCkBlh7oKG5yF8osS
rjSDS9JYf/6dE8eaVD0jfb4IpBd4gwreQ4VnBit48oV/lDI8lJhBOfPLsI+IBJvv
pqZ82k+iwXpnsw3yeRJ5xpAwDAwpS1DaxgxvLjyUHkybty1eLXq7cBD7I/PlSg/a
Rg8pmeLcG5kM+LFQxS9putv31CWmFwXl9ItLZpfEnJMCA1eFw/KF6ZgBJoD4hOg8
mvyHhFYbrDwKDXBd1Y3pdDAOaZOmwY87QXM+Ep1j34ayFuTVmQZBdNrMOVBJf5SI
JT1k37faVkGP9+EABj1KR/AX7Jky0AyoGPtnN5XfLFGxmxSJLRZxr7HQGBhsjmj5
yVji3b+vj650eBPj7G4al6CxW3nRb45s1dToUXTnpZyYWINd84Iz4Q==
-----END RSA PRIVATE KEY-----
`,
  ecSec1: `-----BEGIN EC PRIVATE KEY-----
MHcCAQEEIKG5yuflQ8dnllY9jF4XXLzEa60JqvInoFfKh+NYFo8doAoGCCqGSM49
AwEHoUQDQgAEZjWUXvKwS4J596Ciohp3ieGRlREiBWRC66Pc7kcxdIco1L7Qt0Jw
zeNNMDuX7nwUUg2QMx4w20W9LZW2V/Y+7w==
-----END EC PRIVATE KEY-----
`,
  ecSec1Encrypted: `-----BEGIN EC PRIVATE KEY-----
Proc-Type: 4,ENCRYPTED
DEK-Info: AES-256-CBC,7669A788553B784644E4EEED603C40F9

BPvh/C2odJcE2u3/JYGAV4pIGAxJg9/UH7we/vlyJVGSnlKUgWPOVqkopkeszkxn
6fRo7IGe7E4JpzlZ8vPVneTV1fl3gyQF7fl0v6IAsBP3xqEV7rbcMlU9KrV0RMOr
QE3p1Fj9d1BeV1aBcA7GhNvNOFjI4phIllCo9wsSdgA=
-----END EC PRIVATE KEY-----
`,
  rsaPublic: `-----BEGIN PUBLIC KEY-----
MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAw563cZYKdPKPMbOi3EQQ
KbmJ5ivxyY+qfc4/K6tt0hOW1AabsoJv/Oa0/XgDFr58BArhDFVdrJDX3sZiybzM
krBUOsmRB2pQpJY4S/8Z3yEX0qcLDgHhev63toyqV23zFEqzJ+HYyd31JLR+X4H1
p3TLlIdMK9Kh+DhpCIPE5aqNtafa5OOo3SX1AlFNlvPg4qTEEKub6I/Lphnn/jxR
dtJAluNwiN6aambYhdFiYmpGtk5JkCy3ITn3I4ISOWX+injBiQNVtdRnrov3Z6Ia
k6l4TgIA79VzwvRWJcmsA9S96DE/nqrIaFZCiouraws/RMZrA/9ihot3+T0dd8SL
ywIDAQAB
-----END PUBLIC KEY-----
`,
  rsaPublicPkcs1: `-----BEGIN RSA PUBLIC KEY-----
MIIBCgKCAQEAw563cZYKdPKPMbOi3EQQKbmJ5ivxyY+qfc4/K6tt0hOW1AabsoJv
/Oa0/XgDFr58BArhDFVdrJDX3sZiybzMkrBUOsmRB2pQpJY4S/8Z3yEX0qcLDgHh
ev63toyqV23zFEqzJ+HYyd31JLR+X4H1p3TLlIdMK9Kh+DhpCIPE5aqNtafa5OOo
3SX1AlFNlvPg4qTEEKub6I/Lphnn/jxRdtJAluNwiN6aambYhdFiYmpGtk5JkCy3
ITn3I4ISOWX+injBiQNVtdRnrov3Z6Iak6l4TgIA79VzwvRWJcmsA9S96DE/nqrI
aFZCiouraws/RMZrA/9ihot3+T0dd8SLywIDAQAB
-----END RSA PUBLIC KEY-----
`,
  ecPublic: `-----BEGIN PUBLIC KEY-----
MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEZjWUXvKwS4J596Ciohp3ieGRlREi
BWRC66Pc7kcxdIco1L7Qt0JwzeNNMDuX7nwUUg2QMx4w20W9LZW2V/Y+7w==
-----END PUBLIC KEY-----
`,
  certificate: `-----BEGIN CERTIFICATE-----
MIIEqzCCA5OgAwIBAgIUGE7QXZN3mVqY6M0tvYAdEiIgY/MwDQYJKoZIhvcNAQEL
BQAwdTELMAkGA1UEBhMCREUxDzANBgNVBAgMBkJlcmxpbjEPMA0GA1UEBwwGQmVy
bGluMRAwDgYDVQQKDAdFeCwgSW5jMRQwEgYDVQQDDAtleGFtcGxlLmNvbTEcMBoG
CSqGSIb3DQEJARYNYUBleGFtcGxlLmNvbTAeFw0yNjExMjMwODQ4MDlaFw0zNjEx
MjAwODQ4MDlaMHUxCzAJBgNVBAYTAkRFMQ8wDQYDVQQIDAZCZXJsaW4xDzANBgNV
BAcMBkJlcmxpbjEQMA4GA1UECgwHRXgsIEluYzEUMBIGA1UEAwwLZXhhbXBsZS5j
b20xHDAaBgkqhkiG9w0BCQEWDWFAZXhhbXBsZS5jb20wggEiMA0GCSqGSIb3DQEB
AQUAA4IBDwAwggEKAoIBAQCmoaaVucRH3V0xiOT6JSGx2znvFqSWXMU/QV7lSLNO
3Cjf/rusAcdGhGqMZ5eqAuUoikmKD3MEqpTqfsVetA9ePGokoCHFeARFZ1gMJdzg
Gra1NZNtiwWvd/fT2VGaLoO/UzGX3HHgu/L95uc6V4TJOgXPri9mhRIR8XPKO5o/
q2XSMrKoyFo0S3XWQ2m4DKcXElygHtrhQkV3If5P6uCnZ7d9/bT2gniKZ3aB8paD
xyF1atw/LL8lPHMNwe7dthDTyTIkHbQmACj/vwsUj314rbDLYbSMsUkdbNsNkbXC
u9krn6FpsZhC6HsdluOzMnKZ+KG1SB49vEue8twYgSkDAgMBAAGjggExMIIBLTAd
BgNVHQ4EFgQUVDQ/WwE+5tTR9/ntvmY0lbxuTiwwHwYDVR0jBBgwFoAUVDQ/WwE+
5tTR9/ntvmY0lbxuTiwwDwYDVR0TAQH/BAUwAwEB/zBjBgNVHREEXDBaggtleGFt
cGxlLmNvbYINKi5leGFtcGxlLm9yZ4cEfwAAAYcQAAAAAAAAAAAAAAAAAAAAAYEN
YkBleGFtcGxlLmNvbYYVaHR0cHM6Ly9leGFtcGxlLmNvbS94MFYGCCsGAQUFBwEB
BEowSDAjBggrBgEFBQcwAYYXaHR0cDovL29jc3AuZXhhbXBsZS5jb20wIQYIKwYB
BQUHMAKGFWh0dHA6Ly9jYS5leGFtcGxlLmNvbTAdBgNVHSUEFjAUBggrBgEFBQcD
AQYIKwYBBQUHAwIwDQYJKoZIhvcNAQELBQADggEBAD7o+2Zl+XvUoXLgaavgl+zK
uiEUIik5DKHXZP/+lPJrZ4EMVGRnSjy3oCyid0urI3VRZ0Gspcn+qxpEOLRa1NG5
+kvEd6K8w486E0pvyvHePPpEbLg97GGuqMZkE7emJxzcvueWcis8MamWospenQb4
eD7anLAYYKaIyTuWqlP9r6UVRMydtEpbrVgIALFRgAi0NBfbTQ9cxDobLXnQLZqm
A1uJBHJu3WQKM5JURvKmuHf0MTu1CdnoEUIgkFRA5ptC2k9JZZNFFWEQlGlL2tB4
WJQYNyjmZjYXv2d90YMIh443dSzOcXhAcB8byeHR/DtlYbad0QHcdm4VH3cJ7qk=
-----END CERTIFICATE-----
`,
  certificateKey: `-----BEGIN PRIVATE KEY-----
MIIEvwIBADANBgkqhkiG9w0BAQEFAASCBKkwggSlAgEAAoIBAQCmoaaVucRH3V0x
iOT6JSGx2znvFqSWXMU/QV7lSLNO3Cjf/rusAcdGhGqMZ5eqAuUoikmKD3MEqpTq
fsVetA9ePGokoCHFeARFZ1gMJdzgGra1NZNtiwWvd/fT2VGaLoO/UzGX3HHgu/L9
5uc6V4TJOgXPri9mhRIR8XPKO5o/q2XSMrKoyFo0S3XWQ2m4DKcXElygHtrhQkV3
If5P6uCnZ7d9/bT2gniKZ3aB8paDxyF1atw/LL8lPHMNwe7dthDTyTIkHbQmACj/
vwsUj314rbDLYbSMsUkdbNsNkbXCu9krn6FpsZhC6HsdluOzMnKZ+KG1SB49vEue
8twYgSkDAgMBAAECggEAA94CkL0D+isAC7NCpS+RbaBJ4uuinD7A8SviOO4MA0uG
w1QVJPPRnShblLCey3pPuTYkaMjdAYG3/Q0+JWmGZch/KiRxRDT53GZ+m6GRU74q
+V+p8UPluOHO5aLIiwyDUEBtCTo7hly2UgA245q+YTEwi1ZekUGLXtE8v7fMZ6fY
ByksjroaTrGbXVfqQKpmj0un6HzG/npOcd+gppE/r0U7HiojJGlU8dAECLxk26Zy
dIrFEMt1N6IomZBlptChbZOVl8/DFbCDx9r8EqpF4BLU68qv6YzT+z1M575B7lp6
x8vQt54foCIN2m+D49Q3bhw+PCXlES9REIPHEXTs4QKBgQDpqjQtUocUFLcKMpAg
bJFXFrzKbUkRoKMrhrgmSynAJqtNS0Va6b88wslPZvnhMP71JYf9c9BNwWPp7n4b
WsxkTkCFkNw0bEwQCPSEH49fAcAxESi8gDxskDHNPLB9JdihqVeDt/AYdtIVIUPJ
7Oz8RwjFcNJLcmMlso6omSM+8QKBgQC2jyJrGOD+oC7rZTXLeCRtK43AoMtwLF+p
Tyj0xE74W426P0zrCn6r2aI3z1QANsqC/mLaJ6zkqs89QsdomUAk/zhcj6ldJVI6
5oEn669oS2J5u0xf2y9tn7KHqk8uv32I7LjMKMcuSrX1eM/uoQ6Mp3vWJHWeb7kL
BaoewYOPMwKBgQC3y7erBsVVmE256bfQqVVRaYMqvvfAs9hlPlzPUkQO7tvDurdd
IYvZYWYz3M4kwgNqFRF43YY2Ay5yLbRoE+294IeECEQNwDm8Sy76VlDR7HCep96h
F0VwJ6Pkyh4Q8poJ30gFRcPHmn75O+c0h/aJId7WXz4rNliiqGbqWzqMIQKBgQCV
kFamX0+VzC4kdFrKQ7e0KQaNVi7Vy8TjtRLc1SfNmVRXzhx6Q7LboAWiq50qP7lR
8I+UIwUmojn++oLcUxGWPfIzAw/CXB0uXEJcLl8alwgqqyQ7NBt7OGbPdtxAdGmo
kCgmOxJT/qlsXnocCp8c5Ooz2tLx5p43RYDGicv6uQKBgQDoMAD/wOXMsQvlaNSZ
F1K6wOTy+leblQzFvDkTpO/dgd/VcjPv0GZWviVm1YoXw/OYYPlbT0NNSRlVn+yg
TKvu+OqnAVEHOldna70mr8caMB2LDThrf56C2JE+N90lZ/lA1hs5x0zEpc6gV4CL
jtfJ7AXeKTQcIW7a+San7YfzvA==
-----END PRIVATE KEY-----
`,
  ecCertificate: `-----BEGIN CERTIFICATE-----
MIIBgDCCASWgAwIBAgIUVokfNPtzoqSjOt1U26Vq2xunoBkwCgYIKoZIzj0EAwIw
FTETMBEGA1UEAwwKZWMuZXhhbXBsZTAeFw0yNjExMjMwODQ4MDlaFw0zNjExMjAw
ODQ4MDlaMBUxEzARBgNVBAMMCmVjLmV4YW1wbGUwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAATqjj59Lcxlhtl2UbkKnJ/cQcxXWUCFXBEWXoGeD2iCAJyb0ViWDFWJ
Xd3C6MLrTYfa+dlhRQ3qJf5O6sZfxMWIo1MwUTAdBgNVHQ4EFgQUeL5gNOwjqt4y
1cg1Kd8RPOWcCPcwHwYDVR0jBBgwFoAUeL5gNOwjqt4y1cg1Kd8RPOWcCPcwDwYD
VR0TAQH/BAUwAwEB/zAKBggqhkjOPQQDAgNJADBGAiEAn7bzUWn7sNAusNTVOf1g
TtM2QrLra2NFdI9+m8XMOCACIQDl0hyI+rGpp3vkAtOOUPgHb1FzuygjUxsEHTPm
F13Rzg==
-----END CERTIFICATE-----
`,
};

const t = (name, f) => {
  try {
    const v = f();
    return [name, Buffer.isBuffer(v) ? v.toString('hex') : v];
  } catch (e) {
    return [name, { name: e.name, code: e.code, message: e.message, reason: e.reason, library: e.library }];
  }
};


const show = (k) => {
  const details = k.asymmetricKeyDetails;
  return [k.constructor.name, k.type, k.asymmetricKeyType, details && { ...details, publicExponent: details.publicExponent && String(details.publicExponent) }, k.symmetricKeySize];
};

exports.main = async () => {
  // OpenSSL keeps errors that nobody asked for; this takes what other cases left.
  try {
    crypto.createPrivateKey('garbage');
  } catch {
    // as meant
  }
  const out = [];
  for (const [name, pem] of Object.entries(KEYS)) {
    const priv = crypto.createPrivateKey(pem);
    const pub = crypto.createPublicKey(pem);
    out.push([name, show(priv), show(pub), priv instanceof crypto.KeyObject, String(priv)]);
    for (const type of ['pkcs8', 'pkcs1', 'sec1', 'spki']) {
      for (const format of ['pem', 'der']) {
        out.push(t(name + ' private ' + type + format, () => priv.export({ type, format })));
        out.push(t(name + ' public ' + type + format, () => pub.export({ type, format })));
      }
    }
    out.push(t(name + ' jwk', () => [priv.export({ format: 'jwk' }), pub.export({ format: 'jwk' })]));
    out.push(t(name + ' back', () => [
      crypto.createPrivateKey({ key: priv.export({ format: 'jwk' }), format: 'jwk' }).equals(priv),
      crypto.createPublicKey({ key: priv.export({ format: 'jwk' }), format: 'jwk' }).equals(pub),
      crypto.createPublicKey({ key: pub.export({ format: 'jwk' }), format: 'jwk' }).equals(pub),
    ]));
    out.push(t(name + ' der', () => [
      crypto.createPrivateKey({ key: priv.export({ type: 'pkcs8', format: 'der' }), format: 'der', type: 'pkcs8' }).equals(priv),
      crypto.createPublicKey({ key: pub.export({ type: 'spki', format: 'der' }), format: 'der', type: 'spki' }).equals(pub),
      crypto.createPublicKey(priv).equals(pub), priv.equals(pub),
    ]));
    for (const cipher of ['aes-256-cbc', 'aes128', 'des3', 'des-ede3-cbc']) {
      out.push(t(name + ' encrypted ' + cipher, () => {
        const enc = priv.export({ type: 'pkcs8', format: 'pem', cipher, passphrase: 'p' });
        return [enc.split('\n')[0], crypto.createPrivateKey({ key: enc, passphrase: 'p' }).equals(priv), crypto.createPrivateKey({ key: priv.export({ type: 'pkcs8', format: 'der', cipher, passphrase: 'p' }), passphrase: 'p', format: 'der', type: 'pkcs8' }).equals(priv)];
      }));
    }
  }
  const rsa = crypto.createPrivateKey(KEYS.rsa);
  const rsaPublic = crypto.createPublicKey(KEYS.rsa);
  const ec = crypto.createPrivateKey(KEYS.ec);
  for (const [name, pem] of Object.entries(FORMS)) {
    const passphrase = name.includes('Enc') || name.includes('3DES') ? 'secret' : undefined;
    out.push(t(name + ' private', () => show(crypto.createPrivateKey({ key: pem, passphrase }))));
    out.push(t(name + ' public', () => show(crypto.createPublicKey({ key: pem, passphrase }))));
    out.push(t(name + ' without', () => show(crypto.createPrivateKey(pem))));
    out.push(t(name + ' wrong', () => show(crypto.createPrivateKey({ key: pem, passphrase: 'wrong' }))).slice(0, 1));
    out.push(t(name + ' buffer', () => show(crypto.createPublicKey({ key: Buffer.from(pem), passphrase: passphrase && Buffer.from(passphrase) }))));
    out.push(t(name + ' same', () => (name.startsWith('rsa') ? rsaPublic : crypto.createPublicKey(ec)).equals(crypto.createPublicKey({ key: name === 'certificateKey' || name === 'certificate' ? FORMS.ecPublic : pem, passphrase }))));
  }
  const secret = crypto.createSecretKey(Buffer.from('0123456789abcdef'));
  const cases = {
    secret: () => [show(secret), secret.export().toString(), secret.export({ format: 'jwk' }), secret.export({ format: 'buffer' }).length, secret.equals(crypto.createSecretKey('0123456789abcdef', 'utf8')), secret.equals(rsa)],
    'secret format': () => secret.export({ format: 'pem' }),
    'secret options': () => secret.export('x'),
    'secret empty': () => show(crypto.createSecretKey('')),
    'secret hex': () => crypto.createSecretKey('00ff', 'hex').export(),
    'secret number': () => crypto.createSecretKey(1),
    'secret undefined': () => crypto.createSecretKey(),
    'equals nothing': () => secret.equals(1),
    garbage: () => crypto.createPrivateKey('garbage'),
    'public garbage': () => crypto.createPublicKey('garbage'),
    'empty pem': () => crypto.createPrivateKey('-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----'),
    'empty public pem': () => crypto.createPublicKey('-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----'),
    'private undefined': () => crypto.createPrivateKey(),
    'public undefined': () => crypto.createPublicKey(),
    'private number': () => crypto.createPrivateKey(1),
    'private null key': () => crypto.createPrivateKey({ key: null }),
    'public of public': () => crypto.createPublicKey(rsaPublic),
    'private of public': () => crypto.createPrivateKey(rsaPublic),
    'private of private': () => crypto.createPrivateKey(rsa),
    'private of public pem': () => crypto.createPrivateKey(rsaPublic.export({ type: 'spki', format: 'pem' })),
    'public of secret': () => crypto.createPublicKey(secret),
    'jwk kty': () => crypto.createPrivateKey({ key: { kty: 'x' }, format: 'jwk' }),
    'jwk without n': () => crypto.createPrivateKey({ key: { kty: 'RSA' }, format: 'jwk' }),
    'jwk crv': () => crypto.createPublicKey({ key: { kty: 'EC', crv: 'x', x: '', y: '' }, format: 'jwk' }),
    'jwk no object': () => crypto.createPublicKey({ key: 'x', format: 'jwk' }),
    'jwk public as private': () => crypto.createPrivateKey({ key: rsaPublic.export({ format: 'jwk' }), format: 'jwk' }),
    'jwk off curve': () => crypto.createPublicKey({ key: { kty: 'EC', crv: 'P-256', x: 'AAAA', y: 'AAAA' }, format: 'jwk' }).type,
    'der without type': () => crypto.createPrivateKey({ key: Buffer.alloc(3), format: 'der' }),
    'der garbage': () => crypto.createPrivateKey({ key: Buffer.alloc(3), format: 'der', type: 'pkcs8' }).type,
    'spki garbage': () => crypto.createPublicKey({ key: Buffer.alloc(3), format: 'der', type: 'spki' }).type,
    'unknown format': () => crypto.createPublicKey({ key: 'a', format: 'x' }),
    'unknown type': () => crypto.createPublicKey({ key: Buffer.alloc(3), format: 'der', type: 'x' }),
    'export nothing': () => rsaPublic.export(),
    'export no format': () => rsaPublic.export({ type: 'spki' }),
    'export unknown format': () => rsa.export({ type: 'pkcs8', format: 'x' }),
    'export no type': () => rsa.export({ format: 'pem' }),
    'export cipher only': () => rsa.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc' }),
    'export passphrase only': () => rsa.export({ type: 'pkcs8', format: 'pem', passphrase: 'x' }),
    'export unknown cipher': () => rsa.export({ type: 'pkcs8', format: 'pem', cipher: 'x', passphrase: 'a' }),
    'export pkcs1 der encrypted': () => rsa.export({ type: 'pkcs1', format: 'der', cipher: 'aes128', passphrase: 'a' }),
    'export jwk passphrase': () => rsa.export({ format: 'jwk', passphrase: 'a' }),
    'new KeyObject': () => new crypto.KeyObject(),
    'new KeyObject type': () => new crypto.KeyObject('secret'),
    generate: () => ['rsa', 'ec', 'ed25519', 'x25519'].map((type) => {
      const { publicKey, privateKey } = crypto.generateKeyPairSync(type, { modulusLength: 1024, namedCurve: 'P-256' });
      return [show(publicKey), show(privateKey), crypto.createPublicKey(privateKey).equals(publicKey)];
    }),
    'generate encoded': () => {
      const { publicKey, privateKey } = crypto.generateKeyPairSync('ec', { namedCurve: 'secp384r1', publicKeyEncoding: { type: 'spki', format: 'pem' }, privateKeyEncoding: { type: 'pkcs8', format: 'der' } });
      return [publicKey.split('\n')[0], Buffer.isBuffer(privateKey)];
    },
    'generate pss': () => show(crypto.generateKeyPairSync('rsa-pss', { modulusLength: 1024, hashAlgorithm: 'sha256', mgf1HashAlgorithm: 'sha1', saltLength: 10 }).privateKey),
    'generate plain pss': () => show(crypto.generateKeyPairSync('rsa-pss', { modulusLength: 1024 }).privateKey),
    'generate nope': () => crypto.generateKeyPairSync('nope'),
    'generate rsa': () => crypto.generateKeyPairSync('rsa'),
    'generate rsa {}': () => crypto.generateKeyPairSync('rsa', {}),
    'generate ec {}': () => crypto.generateKeyPairSync('ec', {}),
    'generate ec curve': () => crypto.generateKeyPairSync('ec', { namedCurve: 'x' }),
    'generate no callback': () => crypto.generateKeyPair('ed25519', {}),
    'secret keys': () => [show(crypto.generateKeySync('aes', { length: 256 })), show(crypto.generateKeySync('hmac', { length: 65 }))],
    'generateKey nope': () => crypto.generateKeySync('nope', {}),
    'generateKey aes': () => crypto.generateKeySync('aes', { length: 100 }),
    'generateKey hmac': () => crypto.generateKeySync('hmac', { length: 4 }),
  };
  for (const [name, f] of Object.entries(cases)) out.push(t(name, f));
  out.push(await new Promise((r) => crypto.generateKeyPair('ed25519', (e, pub, priv) => r([e, show(pub), show(priv)]))));
  out.push(await new Promise((r) => crypto.generateKeyPair('ec', { namedCurve: 'P-521', publicKeyEncoding: { format: 'jwk' } }, (e, pub) => r([e, pub.crv]))));
  out.push(Object.keys(await require('util').promisify(crypto.generateKeyPair)('ec', { namedCurve: 'P-256' })));
  out.push(await new Promise((r) => crypto.generateKey('hmac', { length: 64 }, (e, k) => r([e, show(k)]))));
  return out;
};
