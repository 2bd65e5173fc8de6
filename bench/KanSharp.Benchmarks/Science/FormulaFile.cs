using System.Globalization;
using KanSharp.Data;

namespace KanSharp.Benchmarks.Science;

/// <summary>Reads the table of AI Feynman's formulas (S.-M. Udrescu and M. Tegmark 2020) with the ranges of their variables.</summary>
internal static class FormulaFile
{
    /// <summary>The sets of SRBench with at most three variables (W. La Cava et al. 2021), by the names of its files.</summary>
    public static IReadOnlyList<string> SmallSets { get; } =
        ("III_7_38 III_8_54 III_12_43 III_15_12 III_15_14 III_15_27 III_17_37 I_6_2 I_6_2a I_6_2b I_10_7 I_12_1 I_12_4 I_12_5 I_14_3 I_14_4 I_15_10 I_16_6 I_18_12 I_25_13 I_27_6 I_29_4 "
        + "I_30_3 I_34_1 I_34_14 I_34_27 I_37_4 I_39_1 I_39_11 I_43_31 I_47_23 I_48_2 II_3_24 II_4_23 II_8_7 II_8_31 II_10_9 II_11_28 II_13_23 II_13_34 II_15_4 II_15_5 II_24_17 II_27_16 "
        + "II_27_18 II_34_2 II_34_2a II_34_29a II_37_1 II_38_14").Split(' ');

    /// <summary>The tasks of some sets.</summary>
    /// <param name="path">The table: columns name, aif_file, formula, n_variables and for each variable name, lowest and highest value.</param>
    /// <param name="sets">Names of the sets, with underscores.</param>
    /// <exception cref="FormatException">There is no such file, or a set is not in it.</exception>
    public static IReadOnlyList<FormulaTask> Read(string path, IReadOnlyList<string> sets)
    {
        if (!File.Exists(path))
            throw new FormatException($"There is no file '{path}'; --formulas names the table feynman.csv.");
        Table table = Csv.Read(path, new CsvOptions { TextColumns = ["name", "aif_file", "formula"] });
        return [.. sets.Select(set => Task(table, set))];
    }

    private static FormulaTask Task(Table table, string set)
    {
        int row = Row(table["aif_file"], set) is int file and >= 0 ? file : Row(table["name"], set);
        if (row < 0)
            throw new FormatException($"The table has no formula '{set}'.");
        var variables = new (string, double, double)[(int)table["n_variables"].Numbers[row]];
        for (int index = 0; index < variables.Length; index++)
        {
            string column = string.Create(CultureInfo.InvariantCulture, $"v{index + 1}_");
            variables[index] = (table[column + "name"].Texts[row]!, table[column + "low"].Numbers[row], table[column + "high"].Numbers[row]);
        }

        return new FormulaTask(set, table["formula"].Texts[row]!, "", double.NaN, variables);
    }

    private static int Row(TableColumn names, string set)
    {
        for (int row = 0; row < names.Count; row++)
        {
            if (names.Texts[row]!.Replace('.', '_') == set)
                return row;
        }

        return -1;
    }
}
