package handlers

// moneyExportURL is where the office looks at the books of a period, and takes its files away.
const moneyExportURL = officeMoneyURL + "/export"
