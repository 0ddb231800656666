/** Two questions with a canary of their own in each right answer, one text and one essay. */
export const gift = `::Capital:: Which is the capital of Finland? {=Helsinki ~Turku ~Tampere}

::Square:: The square of 12 is {#144:0}.

::Writer:: Who wrote the Kalevala? {=Elias Lönnrot =Lönnrot}

::Essay:: Why does ice float on water? {}
`
