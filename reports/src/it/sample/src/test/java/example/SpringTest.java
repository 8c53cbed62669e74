package example;

import static dualtape.junit.GradientAssertions.assertThatGradient;

import dualtape.junit.GradientPoint;
import dualtape.junit.GradientTest;
import org.junit.jupiter.api.Test;

class SpringTest {
    @Test
    void forceIsTheGradientOfTheEnergy() {
        assertThatGradient(Spring::energy, Spring::force).at(0, 0, 3, 4).agrees();
    }

    @GradientTest(points = 20, seed = 7, order = 2, size = 4, domain = "(-2, 2)")
    void forceAtRandomPoints(GradientPoint at) {
        at.agrees(Spring::energy, Spring::force);
    }

    /** Fails, to show the message. */
    @Test
    void wrongForce() {
        assertThatGradient(Spring::energy, Spring::wrongForce).named("x0", "y0", "x1", "y1").at(0, 0, 3, 4).agrees();
    }
}
