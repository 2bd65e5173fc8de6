using KanSharp.Training;

namespace KanSharp.Tests.Training;

public class ScheduleTests
{
    private static double At(Schedule schedule, int epoch, long step = 0, long steps = 100) => schedule.Factor(new SchedulePoint(epoch, step, steps));

    [Fact]
    public void Constant_is_one() => Assert.Equal(1, At(new ConstantSchedule(), 7, 70));

    [Fact]
    public void Step_drops_every_so_many_epochs()
    {
        var schedule = new StepSchedule { Every = 3, Decay = 0.5 };
        Assert.Equal([1, 1, 1, 0.5, 0.5, 0.5, 0.25], Enumerable.Range(0, 7).Select(epoch => At(schedule, epoch)));
    }

    [Fact]
    public void Exponential_decays_per_epoch() => Assert.Equal(0.8 * 0.8 * 0.8, At(new ExponentialSchedule(), 3), 1e-15);

    [Fact]
    public void Cosine_goes_from_one_to_the_final_factor()
    {
        var schedule = new CosineSchedule { Final = 0.1 };
        Assert.Equal(1, At(schedule, 0, 0));
        Assert.Equal(0.55, At(schedule, 0, 50), 1e-15);
        Assert.Equal(0.1 + 0.9 * (1 + Math.Cos(Math.PI / 4)) / 2, At(schedule, 0, 25), 1e-15);
        Assert.Equal(0.1, At(schedule, 0, 100), 1e-15);
        Assert.Equal(0.1, At(schedule, 0, 150), 1e-15);
    }

    [Fact]
    public void One_cycle_meets_its_corners()
    {
        var schedule = new OneCycleSchedule();
        Assert.Equal(1 / 25.0, At(schedule, 0, 0), 1e-15);
        Assert.Equal(1, At(schedule, 0, 29), 1e-15);
        Assert.Equal(1 / 25.0 / 1e4, At(schedule, 0, 99), 1e-15);
        Assert.Equal((1 + 1 / 25.0) / 2, At(new OneCycleSchedule { RisingShare = 0.5 }, 0, 12, 50), 1e-15);
        Assert.True(At(schedule, 0, 10) < At(schedule, 0, 20));
        Assert.True(At(schedule, 0, 40) > At(schedule, 0, 60));
    }

    [Fact]
    public void Warm_up_multiplies_what_follows()
    {
        var schedule = new WarmupSchedule { Steps = 4, Start = 0.2, Then = new ExponentialSchedule { Decay = 0.5 } };
        Assert.Equal(0.4, At(schedule, 0, 0), 1e-15);
        Assert.Equal(0.8, At(schedule, 0, 2), 1e-15);
        Assert.Equal(1, At(schedule, 0, 3), 1e-15);
        Assert.Equal(0.5, At(schedule, 1, 9), 1e-15);
    }

    [Fact]
    public void Settings_are_checked()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new StepSchedule { Every = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new ExponentialSchedule { Decay = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new CosineSchedule { Final = 1.5 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new OneCycleSchedule { StartDivisor = -1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new WarmupSchedule { Steps = 0 });
    }
}
