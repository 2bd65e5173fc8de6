using System.Text;
using KanSharp.Interchange;
using KanSharp.Interchange.Checkpoints;

namespace KanSharp.Tests.Interchange.Checkpoints;

/// <summary>What of YAML is read, what is refused, and that damage does no harm.</summary>
public sealed class YamlReaderTests
{
    private const int Mutations = 50_000;

    [Theory]
    [InlineData("a: 1", "{a:1}")]
    [InlineData("a: 1\nb: two words\nc:\n", "{a:1,b:two words,c:}")]
    [InlineData("a:\n- 1\n- - 2\n  - 3\n- []\nb: [1, [2, 'x y'], {c: d}]", "{a:[1,[2,3],[]],b:[1,[2,'x y'],{c:d}]}")]
    [InlineData("a:\n  b:\n    - 1\n  c: 2 # said\n# all\nd: '#'", "{a:{b:[1],c:2},d:'#'}")]
    [InlineData("- a: 1\n  b: 2\n- c", "[{a:1,b:2},c]")]
    [InlineData("a: 'it''s'\nb: \"x\\ty\"\n'0': !!str 5", "{a:'it's',b:'x\ty',0:'5'}")]
    [InlineData("a: &id [1]\nb: *id", "{a:[1],b:[1]}")]
    [InlineData("a: long text\n  goes on\nb: !!python/tuple\n- 1", "{a:long text goes on,b:[1]}")]
    [InlineData("---\na: -1.5e3\n...\nrest", "{a:-1.5e3}")]
    public void Dumps_are_read(string text, string expected) => Assert.Equal(expected, Show(YamlReader.Read(text, "c.yml")));

    [Theory]
    [InlineData("i8", "BQAAAAAAAAA=", "5")]
    [InlineData("i8", "/v////////8=", "-2")]
    [InlineData("i4", "BwAAAA==", "7")]
    [InlineData("f8", "AAAAAAAA+D8=", "1.5")]
    [InlineData("f4", "AADAPw==", "1.5")]
    public void Numbers_of_NumPy_are_numbers(string type, string bytes, string expected)
    {
        foreach (string core in (string[])["core", "_core"])
        {
            string text = $"grid: !!python/object/apply:numpy.{core}.multiarray.scalar\n- !!python/object/apply:numpy.dtype\n  args:\n  - {type}\n  - false\n  - true\n  state: !!python/tuple\n  - 3\n  - <\n  - null\n- !!binary |\n  {bytes}\nk: 3";
            Assert.Equal($"{{grid:{expected},k:3}}", Show(YamlReader.Read(text, null)));
        }
    }

    [Theory]
    [InlineData("a: !!python/object/apply:os.system\n- harm", "line 1: the tag !!python/object/apply:os.system is refused")]
    [InlineData("a: !!python/name:os.system", "refused")]
    [InlineData("a: !!python/object/new:x.y {}", "refused")]
    [InlineData("a: !mine 1", "refused")]
    [InlineData("a: 1\na: 2", "line 2: the key 'a' occurs twice")]
    [InlineData("a: [1, 2", "'[1, 2' can not be read")]
    [InlineData("a: *nothing", "an alias of nothing")]
    [InlineData("a: &x\n  b: *x", "an alias of nothing that is complete")]
    [InlineData("a:\n   b: 1\n  c: 2", "line 3")]
    [InlineData("", "empty")]
    [InlineData("a: !!python/object/apply:numpy.core.multiarray.scalar\n- 1", "can not be read")]
    [InlineData("a: \"\\x41\"", "can not be read")]
    public void Everything_else_is_refused(string text, string message)
    {
        string actual = Assert.Throws<ModelFileException>(() => YamlReader.Read(text, "c.yml")).Message;
        Assert.StartsWith("c.yml: ", actual);
        Assert.Contains(message, actual);
    }

    [Fact]
    public void Depth_is_limited()
    {
        Assert.Contains("deep", Assert.Throws<ModelFileException>(() => YamlReader.Read(string.Concat(Enumerable.Repeat("- ", 5000)) + "1", null)).Message);
        Assert.Throws<ModelFileException>(() => YamlReader.Read("a: " + new string('[', 5000), null));
        string nested = string.Join('\n', Enumerable.Range(0, 100).Select(level => new string(' ', level) + "a:"));
        Assert.Throws<ModelFileException>(() => YamlReader.Read(nested, null));
    }

    [Fact]
    public void Aliases_take_no_memory_of_their_own()
    {
        const int Count = 3_000;
        string names = $"x: &a [{string.Join(',', Enumerable.Repeat("0", Count))}]\nsymbolic.funs_name.0: &t\n{string.Concat(Enumerable.Repeat("- *a\n", Count))}";
        names += string.Concat(Enumerable.Range(1, Count).Select(layer => $"symbolic.funs_name.{layer}: *t\n"));
        long before = GC.GetAllocatedBytesForCurrentThread();
        PykanConfig config = PykanConfig.Parse(names, "c.yml");
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.Equal(Count + 1, config.Functions.Count);
        Assert.Equal("0", config.Functions[Count][Count - 1][Count - 1]);
        Assert.True(allocated < 8 << 20, $"{allocated} bytes for a text of {names.Length}");
    }

    [Theory]
    [InlineData("mult_arity: 2\nwidth:\n- [1, 0]\n", "- [1, 900000]\n", "at most 1000000 nodes in all")]
    [InlineData("a: &a [1, 1, 1, 1]\nmult_arity:\n- []\n- *a\nwidth:\n- [1, 0]\n", "- [1, 3]\n", "an arity for each of the 3 products of level 1")]
    public void Levels_have_a_limit_in_all(string start, string level, string message)
    {
        string text = start + string.Concat(Enumerable.Repeat(level, 1_000));
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Contains(message, Assert.Throws<ModelFileException>(() => PykanConfig.Parse(text, "c.yml")).Message);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(allocated < 16 << 20, $"{allocated} bytes for a text of {text.Length}");
    }

    [Fact]
    public void Mutated_configurations_never_crash_the_reader()
    {
        byte[] original = Encoding.UTF8.GetBytes(
            "base_fun_name: silu\ngrid: !!python/object/apply:numpy.core.multiarray.scalar\n- !!python/object/apply:numpy.dtype\n  args:\n  - i8\n  state: !!python/tuple\n  - 3\n  - <\n- !!binary |\n  BQAAAAAAAAA=\n"
            + "grid_range: [-1, 1]\nk: 3\nmult_arity: &id001\n- []\n- - 2\n  - 3\nother: *id001\nsymbolic.funs_name.0:\n- - '0'\n  - sin\nsymbolic_enabled: true\nwidth:\n- - 2\n  - 0\n- - 1\n  - 0\n");
        var random = new Random(9003);
        (int read, int rejected) = (0, 0);
        for (int number = 0; number < Mutations; number++)
        {
            string text = Encoding.Latin1.GetString(FileMutations.Mutate(original, random));
            long before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                PykanConfig.Parse(text, "c.yml");
                read++;
            }
            catch (ModelFileException)
            {
                rejected++;
            }

            long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.True(allocated < 1 << 20, $"mutation {number}: {allocated} bytes for a text of {text.Length}");
        }

        Assert.True(read > 500 && rejected > 5_000, $"{read} read, {rejected} rejected");
    }

    private static string Show(YamlNode node) => node switch
    {
        YamlNode.Scalar { Quoted: true, Text: var text } => $"'{text}'",
        YamlNode.Scalar scalar => scalar.Text,
        YamlNode.List list => $"[{string.Join(',', list.Items.Select(Show))}]",
        YamlNode.Map map => $"{{{string.Join(',', map.Entries.Select(entry => $"{entry.Key}:{Show(entry.Value)}"))}}}",
        _ => "",
    };
}
