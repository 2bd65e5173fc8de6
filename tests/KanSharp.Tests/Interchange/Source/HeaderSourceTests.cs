using KanSharp.Bases;
using KanSharp.Interchange.Source;
using KanSharp.Networks;
using KanSharp.Tests.Docs;

namespace KanSharp.Tests.Interchange.Source;

public sealed class HeaderSourceTests
{
    [Fact]
    public void Every_kind_of_model_predicts_the_same()
    {
        using ScratchFolder folder = new();
        if (!HeaderProgram.Exists("gcc", folder.Path))
            Assert.Skip("There is no gcc: the C headers were not compiled.");
        IReadOnlyList<SourceCase> cases = RandomModels.Cases(100);
        Write(folder, cases);
        Differences.Check(cases, HeaderProgram.Run(folder.Path, cases));
    }

    [Fact]
    public void A_header_is_a_header_of_cpp_as_well()
    {
        using ScratchFolder folder = new();
        if (!HeaderProgram.Exists("g++", folder.Path))
            Assert.Skip("There is no g++: the C headers were not compiled as C++.");
        IReadOnlyList<SourceCase> cases = RandomModels.Cases(40);
        Write(folder, cases);
        File.WriteAllLines(Path.Combine(folder.Path, "main.cpp"), [.. cases.Select((_, index) => $"#include \"case{index}.h\""), "int main() { return 0; }"]);
        HeaderProgram.Compile("g++", "c++11", folder.Path, "main.cpp", "cases");
    }

    private static void Write(ScratchFolder folder, IReadOnlyList<SourceCase> cases)
    {
        for (int index = 0; index < cases.Count; index++)
            File.WriteAllText(Path.Combine(folder.Path, $"case{index}.h"), SourceExport.Write(cases[index].Model, SourceLanguage.C, new SourceOptions { Name = $"Case{index}" }));
    }

    [Theory]
    [InlineData("BaseWeights0", "base_weights0")]
    [InlineData("KanModel", "kan_model")]
    [InlineData("SiLU", "silu")]
    [InlineData("GELU", "gelu")]
    [InlineData("ReLU", "relu")]
    public void Names_are_snake_case(string name, string expected) => Assert.Equal(expected, HeaderStyle.Snake(name));

    [Fact]
    public void One_of_a_thing_is_no_plural()
    {
        string text = SourceExport.Write(KanNetwork<double>.Create([1, 1], new BSplineOptions()), SourceLanguage.C);
        Assert.StartsWith("/* 1 input, 1 output; written by KanSharp.", text, StringComparison.Ordinal);
        Assert.Contains("1 input, 1 output: 1 edge of B-splines of degree 3 on 5 intervals and SiLU", text, StringComparison.Ordinal);
        Assert.Contains("kan_model_silu(", text, StringComparison.Ordinal);
    }
}
