using KanSharp.Data;
using KanSharp.Extensions.DependencyInjection;
using KanSharp.Training;

namespace KanSharp.Tests.Extensions;

/// <summary>Rows by column name: numbers, texts, missing cells, and what is said about wrong ones.</summary>
public sealed class PredictorRowTests
{
    [Fact]
    public void Rows_by_name_are_the_rows_of_a_table()
    {
        foreach (TabularTask task in Enum.GetValues<TabularTask>())
        {
            TabularModel<double> model = PredictorModels.Create<double>(task, false, MissingValues.Mean, UnknownCategories.Zeros);
            KanPredictor predictor = KanPredictor.Of(model);
            double?[] mass = [1, 2.5, null, 0.25], height = [0, null, -3, 1];
            string?[] kind = ["left", null, "never seen", "7"];
            TabularPrediction table = predictor.Predict(new Table(
                [new TableColumn("height", [.. height.Select(value => value ?? double.NaN)]), new TableColumn("kind", kind), new TableColumn("mass", [.. mass.Select(value => value ?? double.NaN)])]));
            IReadOnlyList<KanPrediction> rows = predictor.Predict(
            [
                .. Enumerable.Range(0, 4).Select(row => new Dictionary<string, PredictorCell>
                {
                    ["mass"] = mass[row] ?? double.NaN, ["kind"] = kind[row], ["height"] = height[row] ?? PredictorCell.Missing, ["other"] = "ignored",
                }),
            ]);
            Assert.Equal(table.Values, rows.SelectMany(row => row.Values.ToArray()));
            for (int row = 0; row < 4; row++)
            {
                Assert.Equal(task == TabularTask.Regression ? null : model.Classes[table.ClassOf(row)], rows[row].Class);
                Assert.Equal(task == TabularTask.Regression ? null : table.Row(row).ToArray().Max(), rows[row].Probability);
                Assert.Equal(rows[row].Values.Span[1], rows[row][predictor.OutputNames[1]]);
            }
        }
    }

    [Fact]
    public void A_number_in_a_column_of_texts_is_the_text_that_it_is_written_as()
    {
        KanPredictor predictor = KanPredictor.Of(PredictorModels.Create<double>(TabularTask.Regression, false));
        var text = new Dictionary<string, PredictorCell> { ["mass"] = 1, ["kind"] = "7", ["height"] = 0 };
        var number = new Dictionary<string, PredictorCell> { ["mass"] = 1, ["kind"] = 7, ["height"] = 0 };
        Assert.Equal(predictor.Predict(text).Values.ToArray(), predictor.Predict(number).Values.ToArray());
    }

    [Theory]
    [InlineData("mass", "heavy", "the text 'heavy'", "a finite number")]
    [InlineData("mass", double.PositiveInfinity, "the number Infinity", "a finite number")]
    [InlineData("height", null, "the cell is missing", "a finite number")]
    [InlineData("kind", null, "the cell is missing", "one of 'left', 'right', '7'")]
    [InlineData("kind", "up", "the text 'up' is unknown", "one of 'left', 'right', '7'")]
    [InlineData("kind", 8.0, "the text '8' is unknown", "one of 'left', 'right', '7'")]
    public void A_wrong_cell_is_named_with_what_is_expected(string column, object? value, string problem, string expected)
    {
        KanPredictor predictor = KanPredictor.Of(PredictorModels.Create<float>(TabularTask.Binary, true));
        var good = new Dictionary<string, PredictorCell> { ["mass"] = 1, ["kind"] = "left", ["height"] = 0 };
        var bad = new Dictionary<string, PredictorCell>(good) { [column] = value is double number ? number : (string?)value };
        PredictorInputException error = Assert.Throws<PredictorInputException>(() => predictor.Predict([good, bad]));
        Assert.Equal((1, column, problem, expected), (error.Row, error.Column, error.Problem, error.Expected));
        Assert.Equal($"row 1, column '{column}': {problem}; expected {expected}", error.Message);
        bad.Remove(column);
        Assert.Equal("the column is not there", Assert.Throws<PredictorInputException>(() => predictor.Predict(bad)).Problem);
    }

    [Fact]
    public void A_row_that_is_null_is_named()
    {
        KanPredictor predictor = KanPredictor.Of(PredictorModels.Create<float>(TabularTask.Binary, true));
        var good = new Dictionary<string, PredictorCell> { ["mass"] = 1, ["kind"] = "left", ["height"] = 0 };
        PredictorInputException error = Assert.Throws<PredictorInputException>(() => predictor.Predict([good, null!]));
        Assert.Equal((1, "", "row 1: the row is null; expected cells by column name"), (error.Row, error.Column, error.Message));
    }

    [Fact]
    public void Rows_with_missing_cells_that_a_table_would_leave_out_are_refused()
    {
        KanPredictor predictor = KanPredictor.Of(PredictorModels.Create<float>(TabularTask.Binary, false, MissingValues.DropRow));
        Assert.Throws<PredictorInputException>(() => predictor.Predict(new Dictionary<string, PredictorCell> { ["mass"] = 1, ["kind"] = "", ["height"] = 0 }));
    }

    [Fact]
    public void Predictions_know_their_names()
    {
        KanPredictor predictor = KanPredictor.Of(PredictorModels.Create<float>(TabularTask.Regression, false));
        Assert.Equal(["y", "z"], predictor.OutputNames);
        Assert.Equal(["mass", "kind=left", "kind=right", "kind=7", "height"], predictor.FeatureNames);
        Assert.Equal("kg", predictor.Units["mass"]);
        Assert.Empty(predictor.Classes);
        KanPrediction prediction = predictor.Predict(new Dictionary<string, PredictorCell> { ["mass"] = 1, ["kind"] = "left", ["height"] = 0 });
        Assert.Contains("the model has y, z", Assert.Throws<ArgumentException>(() => prediction["x"]).Message);
    }

    [Fact]
    public void Cells_are_numbers_texts_and_null_in_json()
    {
        // written by hand, read by the converter of the type
        PredictorCell[] cells = System.Text.Json.JsonSerializer.Deserialize<PredictorCell[]>("""[1.5, "left", null, ""]""")!;
        Assert.Equal([1.5, "left", PredictorCell.Missing, PredictorCell.Missing], cells);
        Assert.Equal("""[1.5,"left",null,null]""", System.Text.Json.JsonSerializer.Serialize(cells));
        Assert.Contains("a number, a text or null", Assert.Throws<System.Text.Json.JsonException>(() => System.Text.Json.JsonSerializer.Deserialize<PredictorCell[]>("[[]]")).Message);
    }
}
