using System.Runtime.InteropServices;
using System.Text;
using KanSharp.Tests.Docs;

namespace KanSharp.Tests.Interchange.Source;

/// <summary>C headers compiled into one program by gcc, warnings as errors, and run on the rows of their cases.</summary>
internal static class HeaderProgram
{
    private static readonly string[] s_strict = ["-O2", "-Wall", "-Wextra", "-Wpedantic", "-Werror"];

    /// <summary>Whether there is a compiler.</summary>
    public static bool Exists(string compiler, string folder) => CommandLineProcess.Run(compiler, ["--version"], folder).Code == 0;

    /// <summary>Compiles with C99 alone; the message is empty if there was none.</summary>
    public static void Compile(string compiler, string standard, string folder, string source, string program)
    {
        (int code, string output) = CommandLineProcess.Run(compiler, ["-std=" + standard, .. s_strict, source, "-o", program, "-lm"], folder);
        Assert.True(code == 0, output);
    }

    /// <summary>Predictions of the cases: each header is case{n}.h with the prefix case{n}.</summary>
    /// <param name="folder">Where the headers are.</param>
    /// <param name="cases">The cases.</param>
    public static double[][] Run(string folder, IReadOnlyList<SourceCase> cases)
    {
        var main = new StringBuilder("#include <stdio.h>\n#include <stdlib.h>\n");
        for (int index = 0; index < cases.Count; index++)
            main.Append($"#include \"case{index}.h\"\n");
        main.Append("static double number(FILE *f) { double v = 0; if (fread(&v, sizeof v, 1, f) != 1) exit(2); return v; }\n");
        main.Append("int main(void) {\nFILE *in = fopen(\"x.bin\", \"rb\"), *out = fopen(\"y.bin\", \"wb\");\nif (!in || !out) return 3;\n");
        for (int index = 0; index < cases.Count; index++)
        {
            SourceCase item = cases[index];
            string real = item.Model.IsSingle ? "float" : "double";
            main.Append($"for (int r = 0; r < {item.X.Length / item.Model.Inputs}; r++) {{ {real} x[CASE{index}_INPUTS], y[CASE{index}_OUTPUTS]; for (int i = 0; i < CASE{index}_INPUTS; i++) x[i] = ({real})number(in);")
                .Append($" case{index}_predict(x, y); for (int o = 0; o < CASE{index}_OUTPUTS; o++) {{ double v = y[o]; fwrite(&v, sizeof v, 1, out); }} }}\n");
        }

        main.Append("return fclose(out) != 0;\n}\n");
        File.WriteAllText(Path.Combine(folder, "main.c"), main.ToString());
        File.WriteAllBytes(Path.Combine(folder, "x.bin"), MemoryMarshal.AsBytes<double>(cases.SelectMany(item => item.X).ToArray()).ToArray());
        Compile("gcc", "c99", folder, "main.c", "cases");
        (int code, string output) = CommandLineProcess.Run(Path.Combine(folder, "cases"), [], folder);
        Assert.True(code == 0, output);
        return Split(cases, Path.Combine(folder, "y.bin"));
    }

    /// <summary>A file of doubles as one array for each case.</summary>
    public static double[][] Split(IReadOnlyList<SourceCase> cases, string path)
    {
        double[] all = MemoryMarshal.Cast<byte, double>(File.ReadAllBytes(path)).ToArray();
        Assert.Equal(cases.Sum(item => item.Y.Length), all.Length);
        var results = new double[cases.Count][];
        int start = 0;
        for (int index = 0; index < results.Length; index++)
        {
            results[index] = all[start..(start + cases[index].Y.Length)];
            start += cases[index].Y.Length;
        }

        return results;
    }
}
