namespace Iot.Device.Imu;

public enum GyroscopeRange
{
    Range0250Dps = 0,
    Range0500Dps = 1,
    Range1000Dps = 2,
    Range2000Dps = 3,
}
