export default "of the tests";
