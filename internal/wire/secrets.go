package wire

// The paths of secrets.
const (
	Secrets       = "/cms/v3/functions/secrets"                      // GET → SecretNames; POST, PUT Secret
	SecretByName  = "/cms/v3/functions/secrets/{name}"               // DELETE
	AppSecretKeys = "/dev-secrets/management/v3/keys/app/{appId}"    // GET → AppSecrets
	AppSecret     = "/dev-secrets/management/v3/secrets/app/{appId}" // POST, PATCH AppSecretValue; DELETE AppSecretKey
)

// SecretNames lists the secrets of an account. Values can't be read.
type SecretNames struct {
	Results []string `json:"results"`
}

// Secret adds or changes a secret of an account.
type Secret struct {
	Name  string `json:"key"`
	Value string `json:"secret"`
}

// AppSecrets lists the secrets of an app.
type AppSecrets struct {
	Keys []AppSecretName `json:"secretKeys"`
}

// AppSecretName is one of AppSecrets.
type AppSecretName struct {
	Name string `json:"secretKey"`
}

// AppSecretValue adds or changes a secret of an app.
type AppSecretValue struct {
	Name  string `json:"key"`
	Value string `json:"value"`
}

// AppSecretKey names the secret of an app to delete.
type AppSecretKey struct {
	Name string `json:"key"`
}
