package native

// areas lists the parts of the table, one a file.
func areas() []func() Table {
	return []func() Table{
		processNatives,
		timerNatives,
		fsNatives,
		urlNatives,
		netNatives,
		tlsNatives,
		dnsNatives,
		httpNatives,
		bufferNatives,
		encodingNatives,
		hashNatives,
		randomNatives,
		kdfNatives,
		cipherNatives,
		keyNatives,
		keygenNatives,
		signNatives,
		rsaNatives,
		dhNatives,
		x509Natives,
		zlibNatives,
		intlNatives,
		wasmNatives,
	}
}
