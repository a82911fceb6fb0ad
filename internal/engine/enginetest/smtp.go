package enginetest

import (
	"bufio"
	"crypto/tls"
	"encoding/base64"
	"fmt"
	"net"
	"net/textproto"
	"strings"
)

// mail is a message that the SMTP server took, as /mail shows it.
type mail struct {
	TLS   bool     `json:"tls"`
	Login string   `json:"login"` // "user:password"
	From  string   `json:"from"`  // with parameters
	To    []string `json:"to"`
	Data  string   `json:"data"`
}

// smtp is a conversation with a client that sends mail. A recipient with the
// name nobody is refused, and so is any password but secret.
type smtp struct {
	server *Server
	conn   net.Conn
	text   *textproto.Conn
	secure bool
	login  string
	letter mail
}

func (s *Server) serveSMTP(c net.Conn, secure bool) {
	t := &smtp{server: s, conn: c, text: textproto.NewConn(c), secure: secure}
	t.say("220 mail.example.com ESMTP")
	for {
		line, err := t.text.ReadLine()
		if err != nil {
			return
		}
		verb, rest, _ := strings.Cut(line, " ")
		switch strings.ToUpper(verb) {
		case "EHLO":
			lines := []string{"mail.example.com", "PIPELINING", "8BITMIME", "SMTPUTF8", "AUTH PLAIN LOGIN"}
			if !t.secure {
				lines = append(lines, "STARTTLS")
			}
			for _, l := range lines {
				t.say("250-%s", l)
			}
			t.say("250 SIZE 1000000")
		case "HELO", "NOOP", "RSET":
			t.letter = mail{}
			t.say("250 OK")
		case "STARTTLS":
			t.say("220 go ahead")
			t.conn = tls.Server(t.conn, s.tlsConfig)
			t.text, t.secure = textproto.NewConn(t.conn), true
		case "AUTH":
			t.auth(rest)
		case "MAIL":
			t.letter = mail{TLS: t.secure, Login: t.login, From: strings.TrimPrefix(rest, "FROM:"), To: []string{}}
			t.say("250 2.1.0 OK")
		case "RCPT":
			if strings.Contains(rest, "nobody@") {
				t.say("550 5.1.1 no such mailbox")
				continue
			}
			t.letter.To = append(t.letter.To, strings.TrimPrefix(rest, "TO:"))
			t.say("250 2.1.5 OK")
		case "DATA":
			t.say("354 go on")
			data, err := t.text.ReadDotBytes()
			if err != nil {
				return
			}
			t.letter.Data = string(data)
			s.mu.Lock()
			s.mails = append(s.mails, t.letter)
			s.mu.Unlock()
			t.say("250 2.0.0 OK: queued as 1")
		case "QUIT":
			t.say("221 2.0.0 bye")
			_ = t.conn.Close()
			return
		default:
			t.say("502 5.5.2 what is %s", verb)
		}
	}
}

func (t *smtp) say(format string, args ...any) {
	w := bufio.NewWriter(t.conn)
	fmt.Fprintf(w, format+"\r\n", args...)
	_ = w.Flush() // a client that is gone is noticed when reading
}

func (t *smtp) auth(how string) {
	var user, password string
	if word, ok := strings.CutPrefix(how, "PLAIN "); ok {
		plain, _ := base64.StdEncoding.DecodeString(word)
		if parts := strings.Split(string(plain), "\x00"); len(parts) == 3 {
			user, password = parts[1], parts[2]
		}
	} else {
		ask := func(what string) string {
			t.say("334 %s", base64.StdEncoding.EncodeToString([]byte(what)))
			line, _ := t.text.ReadLine()
			answer, _ := base64.StdEncoding.DecodeString(line)
			return string(answer)
		}
		user, password = ask("Username:"), ask("Password:")
	}
	if password != "secret" {
		t.say("535 5.7.8 wrong password")
		return
	}
	t.login = user + ":" + password
	t.say("235 2.7.0 welcome")
}
