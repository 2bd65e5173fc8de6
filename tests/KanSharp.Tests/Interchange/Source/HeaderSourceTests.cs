using KanSharp.Interchange.Source;
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
}
