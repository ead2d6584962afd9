// page.fo as a PDF by FOP, in one process, warm.
//   java -cp /usr/share/java/* FopPage.java DIRECTORY FONT ROUNDS
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.sax.SAXResult;
import javax.xml.transform.stream.StreamSource;
import org.apache.fop.apps.Fop;
import org.apache.fop.apps.FopConfParser;
import org.apache.fop.apps.FopFactory;

public class FopPage {
  static final String SETTINGS = "<fop version=\"1.0\"><renderers><renderer mime=\"application/pdf\"><fonts><font kerning=\"yes\""
      + " embed-url=\"file://%s\"><font-triplet name=\"IPAmjMincho\" style=\"normal\" weight=\"normal\"/></font></fonts>"
      + "</renderer></renderers></fop>";

  public static void main(String[] words) throws Exception {
    Path directory = Path.of(words[0]);
    int rounds = Integer.parseInt(words[2]);
    byte[] settings = String.format(SETTINGS, words[1]).getBytes(StandardCharsets.UTF_8);
    FopFactory factory = new FopConfParser(new ByteArrayInputStream(settings), directory.toUri()).getFopFactoryBuilder().build();
    TransformerFactory transformers = TransformerFactory.newInstance();
    var machine = (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    double[] times = new double[rounds];
    int bytes = 0;
    for (int round = -3; round < rounds; ++round) {
      long start = machine.getProcessCpuTime();
      ByteArrayOutputStream pdf = new ByteArrayOutputStream();
      Fop fop = factory.newFop("application/pdf", pdf);
      transformers.newTransformer().transform(new StreamSource(directory.resolve("page.fo").toFile()), new SAXResult(fop.getDefaultHandler()));
      if (round >= 0) times[round] = (machine.getProcessCpuTime() - start) / 1e6;
      bytes = pdf.size();
    }
    Arrays.sort(times);
    row("", times[rounds / 2], "ms");
    row("/bytes", bytes, "B");
    String peak = Files.readAllLines(Path.of("/proc/self/status")).stream().filter(line -> line.startsWith("VmHWM")).findFirst().get();
    row("/peak_memory", Double.parseDouble(peak.replaceAll("\\D", "")) / 1024, "MiB");
  }

  static void row(String name, double value, String unit) {
    System.out.printf("{\"name\":\"compose.page/fop%s\",\"value\":%.3f,\"unit\":\"%s\"}%n", name, value, unit);
  }
}
