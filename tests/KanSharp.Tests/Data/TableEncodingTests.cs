using KanSharp.Data;

namespace KanSharp.Tests.Data;

public class TableEncodingTests
{
    private static Table Read(string text) => Csv.Read(new StringReader(text), null, "t.csv");

    private static readonly string Flowers = "size,color,kind\n1,red,b\n2,blue,a\n4,red,b\n5,green,a\n";

    [Fact]
    public void TextColumnsBecomeOneFeatureForEachText()
    {
        TableEncoding encoding = TableEncoding.Fit(Read(Flowers), ["kind"]);
        Assert.Equal(["size", "color=blue", "color=green", "color=red"], encoding.FeatureNames);
        Dataset<double> data = encoding.Encode<double>(Read(Flowers), out EncodingReport report);
        Assert.Equal([1, 0, 0, 1, 2, 1, 0, 0, 4, 0, 0, 1, 5, 0, 1, 0], data.Features.ToArray());
        Assert.Equal([1, 0, 1, 0], data.Classes.ToArray());
        Assert.Equal(["a", "b"], data.ClassLabels);
        Assert.Equal(["kind"], data.TargetNames);
        Assert.Equal((0, 0, 0), (report.DroppedRows, report.FilledCells, report.UnknownCategories.Count));
        Assert.Equal([0, 1, 2, 3], report.Rows);
        Assert.Equal(data.Features.ToArray().Select(x => (float)x), encoding.EncodeFeatures<float>(Read(Flowers), out _));
    }

    [Theory]
    [InlineData("y\na\nb\n", TaskKind.Classification)]
    [InlineData("y\n1\n0\n1\n", TaskKind.Classification)]
    [InlineData("y\n1\n0.5\n1\n", TaskKind.Regression)]
    [InlineData("y\n1\n1\n1\n", TaskKind.Regression)]
    [InlineData("y\n1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\n13\n14\n15\n16\n17\n18\n19\n20\n", TaskKind.Classification)]
    [InlineData("y\n1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\n13\n14\n15\n16\n17\n18\n19\n20\n21\n", TaskKind.Regression)]
    public void TheTaskIsDetected(string target, TaskKind expected)
    {
        string text = string.Join('\n', target.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select((y, i) => i == 0 ? $"x,{y}" : $"{i},{y}"));
        Assert.Equal(expected, TableEncoding.Fit(Read(text), ["y"]).Target.Task);
    }

    [Fact]
    public void NumericLabelsAreOrderedByValue()
    {
        TableEncoding encoding = TableEncoding.Fit(Read("x,y\n1,10\n2,-1\n3,9\n4,10\n"), ["y"]);
        Assert.Equal(["-1", "9", "10"], encoding.Target.Classes);
        Assert.Equal([2, 0, 1, 2], encoding.Encode<float>(Read("x,y\n1,10\n2,-1\n3,9.0\n4,1e1\n"), out _).Classes.ToArray());
        Assert.Equal(3, encoding.Target.Outputs);
        Assert.Contains("'7' is unknown", Assert.Throws<DataFormatException>(() => encoding.Encode<float>(Read("x,y\n1,7\n"), out _)).Message);
    }

    [Fact]
    public void SeveralTargetsAreRegression()
    {
        TableEncoding encoding = TableEncoding.Fit(Read("a,x,b\n1,2,0\n4,5,1\n"), ["b", "a"]);
        Dataset<double> data = encoding.Encode<double>(Read("a,x,b\n1,2,0\n4,5,1\n"), out _);
        Assert.Equal([0, 1, 1, 4], data.Targets.ToArray());
        Assert.Equal((2, 1, TaskKind.Regression), (data.Outputs, data.Inputs, data.Task));
        Assert.Equal(["b", "a"], data.TargetNames);
        var classes = new EncodingOptions { Task = TaskKind.Classification };
        Assert.Throws<ArgumentException>(() => TableEncoding.Fit(Read("a,x,b\n1,2,0\n4,5,1\n"), ["b", "a"], classes));
    }

    [Fact]
    public void MissingCellsFollowThePolicy()
    {
        Table table = Read("x,c,y\n1,u,1.5\n,u,2.5\n3,,3.5\n4,v,\n8,v,5.5\n");
        DataFormatException error = Assert.Throws<DataFormatException>(
            () => TableEncoding.Fit(table, ["y"]).Encode<double>(table, out _));
        Assert.Equal((3, "x"), (error.Row, error.Column));

        var drop = new EncodingOptions { Missing = MissingValues.DropRow };
        Dataset<double> dropped = TableEncoding.Fit(table, ["y"], drop).Encode<double>(table, out EncodingReport report);
        Assert.Equal([1.5, 5.5], dropped.Targets.ToArray());
        Assert.Equal([0, 4], report.Rows);
        Assert.Equal(3, report.DroppedRows);

        // x has mean 4; category shares are 1/2 and 1/2; the row without target goes
        var mean = new EncodingOptions { Missing = MissingValues.Mean };
        Dataset<double> filled = TableEncoding.Fit(table, ["y"], mean).Encode<double>(table, out report);
        Assert.Equal([1, 1, 0, 4, 1, 0, 3, 0.5, 0.5, 8, 0, 1], filled.Features.ToArray());
        Assert.Equal((1, 2), (report.DroppedRows, report.FilledCells));
    }

    [Fact]
    public void LaterTablesMayDifferInWhatDoesNotMatter()
    {
        TableEncoding encoding = TableEncoding.Fit(Read(Flowers), ["kind"]);
        double[] features = encoding.EncodeFeatures<double>(Read("extra,color,size\n9,violet,3\n9,red,4\n"), out EncodingReport report);
        Assert.Equal([3, 0, 0, 0, 4, 0, 0, 1], features);
        Assert.Equal(1, report.UnknownCategories["color"]);
        Assert.Contains("'size'", Assert.Throws<DataFormatException>(() => encoding.EncodeFeatures<double>(Read("color,a\nred,1\n"), out _)).Message);
        Assert.Contains("expected numbers", Assert.Throws<DataFormatException>(
            () => encoding.EncodeFeatures<double>(Read("color,size\nred,big\n"), out _)).Message);
        TableEncoding strict = TableEncoding.Fit(Read(Flowers), ["kind"], new EncodingOptions { Unknown = UnknownCategories.Error });
        Assert.Contains("row 2, column 'color': 'violet' is unknown", Assert.Throws<DataFormatException>(
            () => strict.EncodeFeatures<double>(Read("color,size\nviolet,3\n"), out _)).Message);
    }

    [Fact]
    public void CategoriesThatLookLikeNumbersAreStillFound()
    {
        Table learned = Csv.Read(new StringReader("code,y\n1,0.5\n2,0.25\n"), new CsvOptions { TextColumns = ["code"] });
        TableEncoding encoding = TableEncoding.Fit(learned, ["y"]);
        Assert.Equal([0, 1, 1, 0], encoding.EncodeFeatures<double>(Read("code\n2\n1\n"), out _));
    }

    [Fact]
    public void TooManyTextsAreAnError()
    {
        string text = "name,y\n" + string.Join('\n', Enumerable.Range(0, 101).Select(i => $"n{i},{i}.5"));
        Assert.Contains("101 different texts", Assert.Throws<DataFormatException>(() => TableEncoding.Fit(Read(text), ["y"])).Message);
        Assert.Equal(101, TableEncoding.Fit(Read(text), ["y"], new EncodingOptions { MaxCategories = 101 }).Inputs);
        Assert.Contains("no feature", Assert.Throws<DataFormatException>(
            () => TableEncoding.Fit(Read(text), ["y"], new EncodingOptions { Exclude = ["name"] })).Message);
        Assert.Contains("101 different labels", Assert.Throws<DataFormatException>(() => TableEncoding.Fit(Read(text), ["name"])).Message);
    }

    [Fact]
    public void FeaturesCanBeChosen()
    {
        var options = new EncodingOptions { Features = ["c", "a"] };
        Assert.Equal(["c", "a"], TableEncoding.Fit(Read("a,b,c,y\n1,2,3,0.5\n"), ["y"], options).FeatureNames);
        Assert.Throws<DataFormatException>(() => TableEncoding.Fit(Read("a,b,c,y\n1,2,3,0.5\n"), ["y"], options with { Features = ["d"] }));
        Assert.Throws<ArgumentException>(() => TableEncoding.Fit(Read("a,b,c,y\n1,2,3,0.5\n"), ["y"], options with { Features = ["y"] }));
        Assert.Throws<ArgumentException>(() => TableEncoding.Fit(Read("a,y\n1,2\n"), []));
    }

    [Theory]
    [InlineData("x,y\n1,a\n2,b\n", TaskKind.Regression, "must be numbers")]
    [InlineData("x,y\n1,0.5\n2,1\n", TaskKind.Classification, "integers")]
    [InlineData("x,y\n1,1\n2,1\n", TaskKind.Classification, "two different labels")]
    [InlineData("x,y\n?,1\n?,2\n", null, "every cell is missing")]
    public void UnusableColumnsAreExplained(string text, TaskKind? task, string expected) =>
        Assert.Contains(expected, Assert.Throws<DataFormatException>(
            () => TableEncoding.Fit(Read(text), ["y"], new EncodingOptions { Task = task })).Message);

    [Fact]
    public void JsonKeepsEverything()
    {
        Table table = Read("x,c\u00e9,y\n1,\"u \"\"1\"\"\",a\n,v,b\n0.1,,a\n");
        TableEncoding encoding = TableEncoding.Fit(table, ["y"], new EncodingOptions { Missing = MissingValues.Mean });
        TableEncoding read = TableEncoding.FromJson(encoding.ToJson());
        Assert.Equal(encoding.ToJson(), read.ToJson());
        Assert.Equal(encoding.FeatureNames, read.FeatureNames);
        Assert.Equal(encoding.Encode<double>(table, out _).Features.ToArray(), read.Encode<double>(table, out _).Features.ToArray());
        foreach (string damaged in (string[])["", "[]", "{}", encoding.ToJson().Replace("Classification", "7"), encoding.ToJson().Replace("\"b\"", "\"a\"")])
            Assert.Throws<DataFormatException>(() => TableEncoding.FromJson(damaged));
    }

    [Fact]
    public void AdultIncomeIsEncoded()
    {
        Table table = Csv.Read(WorkplaceData.Require("tables/adult_train.csv.gz"));
        TableEncoding encoding = TableEncoding.Fit(table, ["income_gt_50k"], new EncodingOptions { Missing = MissingValues.DropRow });
        Dataset<float> data = encoding.Encode<float>(table, out EncodingReport report);

        // 2399 of the 32561 rows of this well-known table have a missing cell
        Assert.Equal((2399, 30162), (report.DroppedRows, data.Count));
        Assert.Equal(["0", "1"], data.ClassLabels);
        Assert.Equal(TaskKind.Classification, data.Task);
        Assert.Contains("sex=Female", data.FeatureNames);
    }
}
