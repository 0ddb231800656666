import { quizStoreContract } from '../quiz-store-contract'
import { createMongodbUnderTest } from './mongodb-under-test'

quizStoreContract('MongoDB', createMongodbUnderTest)
