import java.io.FileInputStream;
import java.util.Map;
import java.util.TreeMap;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

/** Holds FILE against each FLAVOUR (ua1, 2u …): prints the rules that fail, and fails if one does. */
class Conformance {
  public static void main(String[] args) throws Exception {
    VeraGreenfieldFoundryProvider.initialise();
    boolean failed = args.length < 2;
    for (int i = 1; i < args.length; i++) {
      PDFAFlavour flavour = PDFAFlavour.byFlavourId(args[i]);
      try (FileInputStream in = new FileInputStream(args[0]);
          PDFAParser parser = Foundries.defaultInstance().createParser(in, flavour);
          PDFAValidator validator = Foundries.defaultInstance().createValidator(flavour, false)) {
        ValidationResult result = validator.validate(parser);
        failed |= report(args[i], result) || !result.isCompliant();
      }
    }
    System.exit(failed ? 1 : 0);
  }

  /** Prints at most three places a rule; says whether one failed. */
  private static boolean report(String flavour, ValidationResult result) {
    Map<String, Integer> rules = new TreeMap<>();
    for (TestAssertion a : result.getTestAssertions()) {
      if (a.getStatus() != TestAssertion.Status.FAILED) continue;
      String rule = a.getRuleId().getClause() + "-" + a.getRuleId().getTestNumber();
      if (rules.merge(rule, 1, Integer::sum) <= 3)
        System.out.println(flavour + " " + rule + ": " + a.getMessage() + " at " + a.getLocation().getContext());
    }
    System.out.println(flavour + ": " + result.getTotalAssertions() + " assertions, failed rules: " + rules);
    return !rules.isEmpty();
  }
}
